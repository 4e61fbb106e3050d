// Reads a status page as other people's programs do: a Statuspage client, a feed reader, a calendar library.
import { text } from 'node:stream/consumers';
import Parser from 'rss-parser';
import ical from 'node-ical';
import statuspage from 'statuspage.io';

const address = (await text(process.stdin)).trim();
const client = new statuspage.Statuspage('nines');
client.setApiUrl(address);
const feeds = new Parser();
const calendar = await ical.async.fromURL(`${address}/maintenance.ics`);
console.log(JSON.stringify({
  summary: await client.api.getSummary(),
  status: await client.api.getStatus(),
  components: await client.api.getComponents(),
  incidents: await client.api.incidents.getAll(),
  unresolved: await client.api.incidents.getUnresolved(),
  upcoming: await client.api.scheduledMaintenances.getUpcoming(),
  rss: await feeds.parseURL(`${address}/history.rss`),
  atom: await feeds.parseURL(`${address}/history.atom`),
  events: Object.values(calendar).filter(e => e.type === 'VEVENT').map(e => ({ uid: e.uid, summary: e.summary, status: e.status, start: e.start.toISOString(), end: e.end.toISOString() })),
}));
