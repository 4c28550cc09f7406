'use strict';
(() => {
    const runs = JSON.parse(document.getElementById('trace').textContent);
    const head = document.getElementById('run');
    const zoom = document.getElementById('zoom');
    const bad = document.getElementById('bad');
    const openers = [...document.querySelectorAll('.open')];
    let steps, rows, texts;
    const list = document.getElementById('steps');
    const search = document.getElementById('search');
    const count = document.getElementById('count');
    const boxes = [...document.querySelectorAll('.tools input[type=checkbox]')];
    const NANOS = 0, FROM = 1, TO = 2, LAYER = 3, LABEL = 4, BYTES = 5, FIELDS = 6, BAD = 7;

    function element(name, className, text) {
        const made = document.createElement(name);
        if (className) made.className = className;
        if (text !== undefined) made.textContent = text;
        return made;
    }

    function seconds(step) {
        return (step[NANOS] / 1e9).toFixed(3);
    }

    function lanes(step) {
        const [from, to] = [step[FROM], step[TO]];
        const box = element('span', 'lanes ' + step[LAYER]);
        const mark = element('span', from === to ? 'here' : 'arrow ' + (from < to ? 'right' : 'left'));
        mark.style.setProperty('--left', Math.min(from, to));
        mark.style.setProperty('--span', Math.abs(from - to));
        box.append(mark);
        return box;
    }

    function row(step, index) {
        const item = element('li');
        const button = element('button', 'step row' + (step[BAD] ? ' bad' : ''));
        button.type = 'button';
        button.dataset.index = index;
        button.setAttribute('aria-expanded', 'false');
        const layer = element('span', 'layer ' + step[LAYER], step[LAYER].toUpperCase());
        layer.dataset.time = seconds(step) + ' s';
        button.append(element('time', '', seconds(step)), lanes(step), layer, element('span', 'label', step[LABEL]));
        item.append(button);
        return item;
    }

    function dump(hex) {
        const lines = [];
        for (let i = 0; i < hex.length; i += 32) {
            const pairs = hex.slice(i, i + 32).match(/../g);
            const text = pairs.map(p => parseInt(p, 16)).map(c => c > 31 && c < 127 ? String.fromCharCode(c) : '.').join('');
            lines.push((i / 2).toString(16).padStart(4, '0') + '  ' + pairs.join(' ').padEnd(49) + text);
        }
        return lines.join('\n');
    }

    function detail(step) {
        const box = element('div', 'detail');
        if (step[FIELDS].length) {
            const fields = element('dl');
            for (const [name, value] of step[FIELDS]) fields.append(element('dt', '', name), element('dd', '', value));
            box.append(fields);
        }
        for (const hex of step[BYTES]) box.append(element('pre', '', dump(hex)));
        if (!box.childElementCount) box.append(element('span', '', 'No bytes of its own.'));
        return box;
    }

    function text(index) { // made once, when the first search wants it
        const step = steps[index];
        return texts[index] ??= [step[LABEL], ...step[BYTES], ...step[FIELDS].flat()].join('\n').toLowerCase();
    }

    function shown(index, layers, wanted) {
        return layers.has(steps[index][LAYER]) && wanted.every(word => text(index).includes(word));
    }

    function filter() {
        const layers = new Set(boxes.filter(box => box.checked).map(box => box.value));
        const wanted = search.value.toLowerCase().split(/\s+/).filter(Boolean);
        let visible = 0;
        rows.forEach((item, index) => {
            const show = shown(index, layers, wanted);
            item.hidden = !show;
            visible += show;
        });
        bad.hidden = !rows.some((item, index) => !item.hidden && steps[index][BAD]);
        count.textContent = visible + ' of ' + rows.length + ' steps';
    }

    function toggle(button) {
        const open = button.getAttribute('aria-expanded') === 'true';
        if (open) button.nextElementSibling.remove();
        else button.after(detail(steps[button.dataset.index]));
        button.setAttribute('aria-expanded', String(!open));
    }

    function neighbour(item, forward) {
        do item = forward ? item.nextElementSibling : item.previousElementSibling; while (item && item.hidden);
        return item;
    }

    /** Shows the ladder of a run. */
    function open(number) {
        const run = runs[number];
        steps = run.steps;
        rows = steps.map(row);
        texts = new Array(steps.length);
        if (runs.length > 1) {
            const facts = element('dl');
            for (const [name, value] of run.facts) facts.append(element('dt', '', name), element('dd', '', value));
            const verdict = element('p', 'verdict ' + run.outcome);
            verdict.append(element('strong', '', run.outcome.toUpperCase()), run.verdict);
            head.replaceChildren(element('h2', '', run.title), verdict, facts);
            openers.forEach(button => button.setAttribute('aria-current', String(button.dataset.run === String(number))));
        }
        filter();
        list.replaceChildren(...rows);
    }

    openers.forEach(button => button.addEventListener('click', () => {
        open(Number(button.dataset.run));
        head.scrollIntoView();
    }));
    zoom.addEventListener('input', () => list.style.setProperty('--zoom', zoom.value / 100));
    let last = -1;
    bad.addEventListener('click', () => {
        const failures = rows.map((item, index) => index).filter(index => !rows[index].hidden && steps[index][BAD]);
        last = failures.find(index => index > last) ?? failures[0];
        const button = rows[last].firstElementChild;
        button.scrollIntoView({block: 'center'});
        button.focus();
        if (button.getAttribute('aria-expanded') !== 'true') toggle(button);
    });
    list.addEventListener('click', event => {
        const button = event.target.closest('.step');
        if (button) toggle(button);
    });
    list.addEventListener('keydown', event => {
        const button = event.target.closest('.step');
        if (!button || (event.key !== 'ArrowDown' && event.key !== 'ArrowUp')) return;
        const next = neighbour(button.parentElement, event.key === 'ArrowDown');
        if (next) next.firstElementChild.focus();
        event.preventDefault();
    });
    document.addEventListener('keydown', event => {
        if (event.key === '/' && event.target !== search) {
            search.focus();
            event.preventDefault();
        } else if (event.key === 'Escape' && event.target === search) {
            search.value = '';
            filter();
        }
    });
    let pending;
    search.addEventListener('input', () => {
        clearTimeout(pending);
        pending = setTimeout(filter, 120);
    });
    boxes.forEach(box => box.addEventListener('change', filter));
    open(Math.max(0, runs.findIndex(run => run.outcome !== 'passed')));
})();
