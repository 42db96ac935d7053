// ballot.js: keeps the running total of a ballot true while boxes are ticked and numbers typed.
// Everything works without it. Boxes are never disabled; the total is said politely 0.8 s after the
// last change.
(function () {
  'use strict';
  var form = document.getElementById('ballot');
  var total = document.getElementById('total');
  var say = document.getElementById('say');
  var order = document.getElementById('order');
  var none = document.getElementById('p-none');
  if (!form || !total) return;
  document.getElementById('update').hidden = true;
  var timer;

  function all(selector) {
    return Array.from(form.querySelectorAll(selector));
  }

  // As language_number and language_money in C write them, by what they say of the language.
  var ways = total.dataset;

  function number(n) {
    return ('' + n).length < ways.from ? '' + n : ('' + n).replace(/\B(?=(\d{3})+$)/g, ways.group);
  }

  function money(pence) {
    var rest = pence % 100, whole = number(Math.floor(pence / 100));
    if (rest) whole += ways.point + (rest < 10 ? '0' : '') + rest;
    return ways.pounds.replace('{n}', whole);
  }

  // Boxes that are ticked, or that hold a number above 0.
  function chosen() {
    return all('input[name=p]:checked').filter(function (b) { return b !== none; })
      .concat(all('input[name=w]').filter(function (b) { return /^\s*0*[1-9]\d*\s*$/.test(b.value); }));
  }

  function bar(p, share, over) {
    var rect = p.nextElementSibling.querySelectorAll('rect')[1];
    rect.setAttribute('width', Math.min(320, 320 * share));
    rect.setAttribute('fill', over ? '#a3360d' : '#0b6b3a');
  }

  // Writes one line, in the words that came with it, and says whether it is over.
  function line(p, boxes) {
    var d = p.dataset, limit = +(d.amount || d.points || d.max), sum = 0, over;
    boxes.forEach(function (b) {
      if (!d.pot || b.dataset.pot === d.pot)
        sum += d.amount ? +b.dataset.cost : d.points ? +b.value : 1;
    });
    over = sum > limit;
    p.classList.toggle('wm-total--over', over);
    var values = { sum: sum, limit: limit, rest: Math.abs(limit - sum) }, out = p.lastElementChild;
    out.textContent = '';
    (over ? d.over : d.within).split(/\{\/?b\}/).forEach(function (words, i) {
      words = words.replace(/\{(\w+)\}/g, function (all, name) {
        return (d.amount ? money : number)(values[name]);
      });
      out.append(i % 2 ? Object.assign(document.createElement('strong'), { textContent: words }) : words);
    });
    if (!d.max) bar(p, sum / limit, over);
    return over;
  }

  // The order as it stands, with the places of the same number told alike, and why it does not yet.
  function rank(boxes, over) {
    var list = order.querySelector('ol'), place = 0, last;
    var why = { over: over, blank: none && none.checked };
    list.textContent = '';
    boxes.slice().sort(function (a, b) { return a.value - b.value; }).forEach(function (b) {
      var title = b.parentNode.querySelector('label strong').cloneNode(true);
      var item = list.appendChild(document.createElement('li'));
      if (+b.value === last) why.twice = true;
      else place++;
      last = +b.value;
      item.value = place;
      item.append(...title.childNodes);
    });
    order.querySelectorAll('[data-why]').forEach(function (p) { p.hidden = !why[p.dataset.why]; });
    order.hidden = !boxes.length;
  }

  function update(event) {
    var at = event.target;
    // "None of these" and a choice exclude each other; what was typed is left to the voter.
    if (none && at === none && none.checked)
      all('input[name=p]').forEach(function (b) { b.checked = b === none; });
    else if (none && form.contains(at) && (at.checked || at.name === 'w'))
      none.checked = false;
    var boxes = chosen(), over = false;
    var lines = Array.from(total.querySelectorAll('.wm-total'));
    lines.forEach(function (p) { over = line(p, boxes) || over; });
    total.classList.toggle('wm-budget--over', over);
    if (order) rank(boxes, over);
    if (event.type === 'pageshow') return;
    clearTimeout(timer);
    timer = setTimeout(function () {
      say.textContent = '';
      lines.forEach(function (p, i) { say.append(i ? ' ' : '', ...p.cloneNode(true).childNodes); });
    }, 800);
  }

  form.addEventListener('change', update);
  form.addEventListener('input', update);
  // A page that comes back with the Back button keeps its ticks, not its total.
  window.addEventListener('pageshow', update);
})();
