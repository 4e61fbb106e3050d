"""A receiver of webhooks that checks signatures as docs/channels.md says. Prints its port, then each call as one line of JSON."""
import http.server, json, sys, time

documented = {}
exec(open(sys.argv[1], encoding="utf-8").read(), documented)
genuine = documented["genuine"]
secret = sys.argv[2].encode()


class Receiver(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        header = self.headers.get("Nines-Signature", "")
        now = time.time()
        print(json.dumps({
            "body": json.loads(body), "delivery": self.headers["Nines-Delivery-Id"], "attempt": self.headers["Nines-Delivery-Attempt"],
            "genuine": genuine(secret, header, body, now), "otherBody": genuine(secret, header, body + b" ", now),
            "otherSecret": genuine(b"another", header, body, now), "tooOld": genuine(secret, header, body, now + 301),
            "unsigned": genuine(secret, "", body, now),
        }), flush=True)
        self.send_response(204)
        self.end_headers()

    def log_message(self, *words):
        pass


server = http.server.HTTPServer(("127.0.0.1", 0), Receiver)
print(server.server_port, flush=True)
server.serve_forever()
