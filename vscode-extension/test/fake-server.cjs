// A launcher and a language server in little: enough of the protocol to see that the pipes work.
const {
  createMessageConnection,
  StreamMessageReader,
  StreamMessageWriter,
} = require("vscode-jsonrpc/node");

const [word] = process.argv.slice(2);
if (word === "--version") {
  console.log("rew 9.9.9 (fake)");
} else if (word === "lsp") {
  serve();
} else {
  console.error(`unknown command ${word}`);
  process.exitCode = 2;
}

function serve() {
  const connection = createMessageConnection(
    new StreamMessageReader(process.stdin),
    new StreamMessageWriter(process.stdout),
  );
  connection.onRequest("initialize", () => ({
    capabilities: { textDocumentSync: 1 },
    serverInfo: { name: "fake rew", version: "9.9.9" },
  }));
  // Each document is its own complaint.
  connection.onNotification("textDocument/didOpen", ({ textDocument: { uri, text } }) =>
    connection.sendNotification("textDocument/publishDiagnostics", {
      uri,
      diagnostics: [
        {
          range: { start: { line: 0, character: 0 }, end: { line: 0, character: 1 } },
          message: text,
        },
      ],
    }),
  );
  connection.onRequest("shutdown", () => null);
  connection.onNotification("exit", () => process.exit(0));
  connection.listen();
}
