/* SPDX-License-Identifier: Apache-2.0
 *
 * Converts messages with libwbxml on request. Arguments: the number of rounds a request stands for, then files, WBXML and
 * XML of each message in turn. A request is a byte on standard input: 'x' converts every WBXML file to XML, 'w' every XML
 * file to WBXML, as many times as there are rounds. It is answered by the byte '.' when it is done.
 */
#include <stdio.h>
#include <stdlib.h>
#include <wbxml/wbxml.h>

static unsigned char *data[64];
static unsigned int length[64];

static void fail(const char *what, WBXMLError error) {
    fprintf(stderr, "%s: %s\n", what, (const char *) wbxml_errors_string(error));
    exit(1);
}

int main(int argc, char **argv) {
    int rounds = atoi(argv[1]);
    int files = argc - 2;
    for (int i = 0; i < files; i++) {
        FILE *file = fopen(argv[i + 2], "rb");
        data[i] = malloc(1 << 20);
        length[i] = (unsigned int) fread(data[i], 1, 1 << 20, file);
        fclose(file);
    }
    WBXMLConvWBXML2XML *toXml;
    WBXMLConvXML2WBXML *toWbxml;
    wbxml_conv_wbxml2xml_create(&toXml);
    wbxml_conv_wbxml2xml_set_gen_type(toXml, WBXML_GEN_XML_COMPACT);
    wbxml_conv_xml2wbxml_create(&toWbxml);
    wbxml_conv_xml2wbxml_disable_string_table(toWbxml);
    wbxml_conv_xml2wbxml_enable_preserve_whitespaces(toWbxml);
    int request;
    while ((request = getchar()) != EOF) {
        for (int round = 0; round < rounds; round++) {
            for (int i = request == 'x' ? 0 : 1; i < files; i += 2) {
                unsigned char *out = NULL;
                unsigned int size = 0;
                WBXMLError error = request == 'x'
                        ? wbxml_conv_wbxml2xml_run(toXml, data[i], length[i], &out, &size)
                        : wbxml_conv_xml2wbxml_run(toWbxml, data[i], length[i], &out, &size);
                if (error != WBXML_OK) {
                    fail(argv[i + 2], error);
                }
                wbxml_free(out);
            }
        }
        putchar('.');
        fflush(stdout);
    }
    return 0;
}
