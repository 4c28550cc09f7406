// SPDX-License-Identifier: Apache-2.0
package org.bipline.me.dm;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpTimeoutException;
import java.util.Locale;
import java.util.Optional;
import org.bipline.dm.ByteString;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Fetches an update package by its address or by that of its download descriptor. FUMO 1.0, Exec for alternate download. */
final class PackageDownload {
    private static final Logger LOG = LoggerFactory.getLogger(PackageDownload.class);
    private static final int OK = 200;

    /** A package, or why there is none. */
    record Outcome(FumoResult result, ByteString body) {
        static Outcome failed(FumoResult result) {
            return new Outcome(result, ByteString.EMPTY);
        }
    }

    private final Download download;
    private final long maxSize;

    /** @param maxSize octets of the largest package that the device can store */
    PackageDownload(Download download, long maxSize) {
        this.download = download;
        this.maxSize = maxSize;
    }

    Outcome fetch(String url) {
        try {
            if (!URI.create(url).isAbsolute()) {
                return Outcome.failed(FumoResult.BAD_URL);
            }
            Download.Content content = download.get(url);
            Optional<FumoResult> refused = refusal(content);
            if (refused.isPresent()) {
                return Outcome.failed(refused.get());
            }
            String type = content.type().split(";", -1)[0].strip().toLowerCase(Locale.ROOT);
            return type.equals(DownloadDescriptor.MEDIA_TYPE) ? described(url, content.body()) : whole(content.body());
        } catch (IllegalArgumentException noUrl) {
            return Outcome.failed(FumoResult.BAD_URL);
        } catch (HttpTimeoutException e) {
            return Outcome.failed(FumoResult.DOWNLOAD_TIME_OUT);
        } catch (IOException e) {
            LOG.debug("download of {} failed", url, e);
            return Outcome.failed(FumoResult.DOWNLOAD_NETWORK_ISSUE);
        }
    }

    private Outcome whole(ByteString body) {
        return body.length() > maxSize
                ? Outcome.failed(FumoResult.DOWNLOAD_OUT_OF_MEMORY)
                : new Outcome(FumoResult.SUCCESSFUL, body);
    }

    private Outcome described(String url, ByteString document) throws IOException {
        Optional<DownloadDescriptor> read = DownloadDescriptor.parse(document, url);
        if (read.isEmpty()) {
            return Outcome.failed(FumoResult.UNDEFINED_ERROR);
        }
        DownloadDescriptor descriptor = read.get();
        if (descriptor.size() > maxSize) { // told before anything is fetched
            report(descriptor, "901 Insufficient memory");
            return Outcome.failed(FumoResult.DOWNLOAD_OUT_OF_MEMORY);
        }
        Download.Content content;
        try {
            content = download.get(descriptor.objectUri());
        } catch (IOException e) {
            report(descriptor, "903 Loss of Service");
            throw e;
        }
        Optional<FumoResult> refused = refusal(content);
        if (refused.isPresent()) {
            report(descriptor, "954 Loader Error");
            return Outcome.failed(refused.get());
        }
        if (content.body().length() != descriptor.size()) {
            report(descriptor, "905 Attribute mismatch");
            return Outcome.failed(FumoResult.CORRUPTED_PACKAGE);
        }
        report(descriptor, "900 Success");
        return new Outcome(FumoResult.SUCCESSFUL, content.body());
    }

    private static Optional<FumoResult> refusal(Download.Content content) {
        return switch (content.status()) {
            case OK -> Optional.empty();
            case 401, 403, 407 -> Optional.of(FumoResult.DOWNLOAD_AUTHENTICATION_FAILURE);
            case 404, 410 -> Optional.of(FumoResult.BAD_URL);
            default -> Optional.of(FumoResult.DOWNLOAD_NETWORK_ISSUE);
        };
    }

    /** The package is there or not, whether the report arrives or not. */
    private void report(DownloadDescriptor descriptor, String status) {
        descriptor.installNotifyUri().ifPresent(uri -> {
            try {
                download.report(uri, status);
            } catch (IOException e) {
                LOG.warn("report {} to {} failed: {}", status, uri, e.getMessage());
            }
        });
    }
}
