// What a page can do beyond HTML: search, show all code, open what a link leads to. Without it everything is still there.
'use strict';

// The switch "show all code". It is remembered for all pages.
const switchCode = document.querySelector('.show-code');
if (switchCode) {
  const box = switchCode.querySelector('input');
  const show = () => document.querySelectorAll('details.code').forEach(e => { e.open = box.checked; });
  const remembered = (() => { try { return localStorage.getItem('nabla-code') === 'shown'; } catch { return false; } })();
  switchCode.hidden = false;
  box.checked = remembered;
  if (remembered) show();
  box.addEventListener('change', () => {
    show();
    try { localStorage.setItem('nabla-code', box.checked ? 'shown' : 'folded'); } catch { /* private window */ }
  });
}

// A link into something folded opens it.
function openTarget() {
  const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (!target) return;
  for (let e = target.parentElement; e; e = e.parentElement) if (e.tagName === 'DETAILS') e.open = true;
  target.scrollIntoView();
}
addEventListener('hashchange', openTarget);

// Formulas wider than the column scroll by themselves, so that the page never does.
function narrow() {
  const formulas = [...document.querySelectorAll('mjx-container:not([display])')];
  formulas.forEach(formula => formula.classList.remove('wide'));
  const wide = formulas.filter(formula => {
    const block = formula.closest('p, li, td, th, h1, h2, h3, h4, summary, figcaption, div');
    return block && formula.getBoundingClientRect().width > block.clientWidth;
  });
  wide.forEach(formula => formula.classList.add('wide'));
}
MathJax.startup.promise.then(() => {
  narrow();
  openTarget();
  addEventListener('resize', narrow);
  document.addEventListener('toggle', narrow, true);
});

// Search: every word must occur. The index is a script, loaded when it is first needed.
const form = document.querySelector('.search');
const field = form.querySelector('input');
const list = form.querySelector('ol');
form.hidden = false;

function loadIndex() {
  if (window.nablaSearch || document.getElementById('search-index')) return;
  const script = document.createElement('script');
  script.id = 'search-index';
  script.src = 'assets/search.js';
  script.addEventListener('load', search);
  document.head.append(script);
}

function search() {
  const words = field.value.toLowerCase().split(/\s+/).filter(Boolean);
  const found = words.length === 0 ? [] : (window.nablaSearch || []).filter(([text, , where]) => {
    const all = (text + ' ' + where).toLowerCase();
    return words.every(word => all.includes(word));
  });
  list.replaceChildren(...found.slice(0, 20).map(([text, link, where]) => {
    const item = document.createElement('li');
    const anchor = document.createElement('a');
    const place = document.createElement('small');
    anchor.href = encodeURI(link);
    anchor.textContent = text;
    anchor.className = 'math';
    place.textContent = where;
    place.className = 'math';
    item.append(anchor, place);
    return item;
  }));
  if (words.length > 0 && window.nablaSearch && found.length === 0) {
    list.append(Object.assign(document.createElement('li'), {textContent: 'nothing found'}));
  }
  list.hidden = list.childElementCount === 0;
  if (!list.hidden && MathJax.typesetPromise) MathJax.typesetPromise([list]);
}

field.addEventListener('focus', loadIndex);
field.addEventListener('input', search);
form.addEventListener('submit', event => {
  event.preventDefault();
  const first = list.querySelector('a');
  if (first) location.href = first.href;
});
addEventListener('keydown', event => {
  const typing = event.target.matches && event.target.matches('input, textarea, select, [contenteditable]');
  if (event.key === '/' && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
    event.preventDefault();
    field.focus();
  } else if (event.key === 'Escape') {
    list.hidden = true;
    field.blur();
  }
});
