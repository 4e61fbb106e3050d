// Sends through PagerDuty's own library to a Nines behind TLS: it speaks https only. Prints each answer as one JSON list.
const fs = require('node:fs');
const http = require('node:http');
const https = require('node:https');
const { event } = require('@pagerduty/pdjs');

const [, , nines, certificate, key] = process.argv;
const target = new URL(nines);
const proxy = https.createServer({ cert: fs.readFileSync(certificate), key: fs.readFileSync(key) }, (from, to) => {
  const on = http.request({ host: target.hostname, port: target.port, method: from.method, path: from.url, headers: { ...from.headers, host: target.host } }, (answer) => {
    to.writeHead(answer.statusCode, answer.headers);
    answer.pipe(to);
  });
  from.pipe(on);
});

proxy.listen(0, '127.0.0.1', async () => {
  const server = `localhost:${proxy.address().port}`;
  const said = [];
  const send = async (data) => {
    const { response, data: body } = await event({ server, data });
    said.push({ status: response.status, body });
  };
  const payload = { summary: 'Disk full on db1', source: 'db1', severity: 'critical', component: 'postgres' };
  await send({ routing_key: 'R1', event_action: 'trigger', dedup_key: 'pdjs-disk', payload });
  await send({ routing_key: 'R1', event_action: 'trigger', payload: { ...payload, summary: 'Without a key' } });
  await send({ routing_key: 'R1', event_action: 'acknowledge', dedup_key: 'pdjs-disk' });
  await send({ routing_key: 'R1', event_action: 'resolve', dedup_key: 'pdjs-disk' });
  await send({ routing_key: 'R1', event_action: 'trigger', payload: { summary: 'no source' } });
  const { change } = require('@pagerduty/pdjs');
  const { response, data } = await change({ server, data: { routing_key: 'R1', payload: { summary: 'Deploy 1.4.2', source: 'ci', custom_details: { service: 'checkout', version: '1.4.2' } } } });
  said.push({ status: response.status, body: data });
  console.log(JSON.stringify(said));
  proxy.close();
  proxy.closeAllConnections();
});
