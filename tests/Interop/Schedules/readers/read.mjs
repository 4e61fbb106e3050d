// Reads a calendar with ical.js and with node-ical; one JSON value on standard output.
import ICAL from 'ical.js';
import nodeIcal from 'node-ical';

let text = '';
for await (const part of process.stdin) text += part;

const iso = date => new Date(date).toISOString().replace('.000', '');
const bySummary = (a, b) => (a.from + a.uid).localeCompare(b.from + b.uid);

const component = new ICAL.Component(ICAL.parse(text));
const icaljs = component.getAllSubcomponents('vevent').map(event => ({
  uid: event.getFirstPropertyValue('uid'),
  from: iso(event.getFirstPropertyValue('dtstart').toJSDate()),
  until: iso(event.getFirstPropertyValue('dtend').toJSDate()),
  summary: event.getFirstPropertyValue('summary'),
  status: event.getFirstPropertyValue('status'),
  sequence: Number(event.getFirstPropertyValue('sequence')),
  modified: iso(event.getFirstPropertyValue('last-modified').toJSDate()),
})).sort(bySummary);

const node = Object.values(nodeIcal.sync.parseICS(text)).filter(e => e.type === 'VEVENT').map(event => ({
  uid: event.uid,
  from: iso(event.start),
  until: iso(event.end),
  summary: event.summary,
  status: event.status,
  sequence: Number(event.sequence),
  modified: iso(event.lastmodified),
})).sort(bySummary);

console.log(JSON.stringify({ icaljs, node }));
