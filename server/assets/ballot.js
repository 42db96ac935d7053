// ballot.js: keeps the running total of a ballot true while boxes are ticked. Everything works
// without it. Boxes are never disabled; the total is said politely 0.8 s after the last change.
(function () {
  'use strict';
  var form = document.getElementById('ballot');
  var total = document.getElementById('total');
  var say = document.getElementById('say');
  if (!form || !total) return;
  document.getElementById('update').hidden = true;
  var timer;

  function money(pence) {
    var rest = pence % 100;
    return '£' + Math.floor(pence / 100).toString().replace(/\B(?=(\d{3})+$)/g, ',') +
      (rest ? '.' + (rest < 10 ? '0' : '') + rest : '');
  }

  function bold(p, text) {
    p.appendChild(document.createElement('strong')).textContent = text;
  }

  // Writes one line and says whether it is over.
  function line(p, boxes) {
    var d = p.dataset, sum = 0, count = 0, limit = +(d.amount || d.max), over;
    boxes.forEach(function (box) {
      if (!d.pot || box.dataset.pot === d.pot) { sum += +box.dataset.cost; count++; }
    });
    p.textContent = d.name || '';
    over = d.max ? count > limit : sum > limit;
    p.classList.toggle('wm-total--over', over);
    if (d.max) {
      bold(p, count);
      p.append(' of ' + limit + ' chosen. ');
      bold(p, over ? 'Remove ' + (count - limit) + '.' : '');
      return over;
    }
    bold(p, money(sum));
    p.append(' of ' + money(limit) + ' chosen. ');
    bold(p, money(Math.abs(limit - sum)) + (over ? ' over: remove something.' : ' left.'));
    var bar = p.nextElementSibling.querySelectorAll('rect')[1];
    bar.setAttribute('width', Math.min(320, 320 * sum / limit));
    bar.setAttribute('fill', over ? '#a3360d' : '#0b6b3a');
    return over;
  }

  function update(event) {
    var boxes = Array.from(form.querySelectorAll('input[name=p]:checked')), over = false;
    var lines = total.querySelectorAll('.wm-total');
    lines.forEach(function (p) { over = line(p, boxes) || over; });
    total.classList.toggle('wm-budget--over', over);
    if (event.type !== 'change') return;
    clearTimeout(timer);
    timer = setTimeout(function () {
      say.textContent = Array.from(lines, function (p) { return p.textContent; }).join(' ');
    }, 800);
  }

  form.addEventListener('change', update);
  // A page that comes back with the Back button keeps its ticks, not its total.
  window.addEventListener('pageshow', update);
})();
