"""Drives `rung lsp` with pygls, which holds every message against the protocol's types.

Usage: protocol_client.py FOLDER, a folder with a policy.rung that has one misspelt model. Each line of
the output is one check that held; ends with 1 and the reason at the first that does not.
"""

import asyncio
import pathlib
import sys

from lsprotocol import types as lsp
from pygls.lsp.client import LanguageClient

folder = pathlib.Path(sys.argv[1]).resolve()
policy = folder / "policy.rung"
uri = policy.as_uri()
checks = 0


def check(holds, name, seen=None):
    global checks
    if not holds:
        print("NOT", name, seen)
        sys.exit(1)
    checks += 1
    print("ok", name)


class Client(LanguageClient):
    def __init__(self):
        super().__init__("rung-tests", "0")
        self.told = {}
        self.shown = []
        self.changed = asyncio.Event()

        @self.feature(lsp.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)
        def _(params: lsp.PublishDiagnosticsParams):
            self.told[params.uri] = params
            self.changed.set()

        @self.feature(lsp.WINDOW_SHOW_MESSAGE)
        def _(params: lsp.ShowMessageParams):
            self.shown.append(params.message)

        @self.feature(lsp.WINDOW_LOG_MESSAGE)
        def _(params: lsp.LogMessageParams):
            pass

        @self.feature(lsp.CLIENT_REGISTER_CAPABILITY)
        def _(params: lsp.RegistrationParams):
            self.registered = params.registrations

    async def until(self, name, holds):
        async def wait():
            while not holds():
                self.changed.clear()
                await self.changed.wait()

        try:
            await asyncio.wait_for(wait(), 20)
        except asyncio.TimeoutError:
            check(False, name, self.told)
        check(True, name)

    def findings(self, of=None):
        told = self.told.get(of or uri)
        return told.diagnostics if told else []


def place(text, word, extra=0):
    """The position of a word, in UTF-16 units."""
    before = text[: text.index(word)]
    line = before.rsplit("\n", 1)[-1]
    units = len(line.encode("utf-16-le")) // 2
    return lsp.Position(before.count("\n"), units + extra)


def applied(text, edits):
    """The text after edits that are all about the text before them."""
    lines = text.split("\n")

    def offset(position):
        line = lines[position.line]
        units = line.encode("utf-16-le")[: position.character * 2].decode("utf-16-le")
        return sum(len(one) + 1 for one in lines[: position.line]) + len(units)

    for edit in sorted(edits, key=lambda one: offset(one.range.start), reverse=True):
        start, end = offset(edit.range.start), offset(edit.range.end)
        text = text[:start] + edit.new_text + text[end:]
    return text


async def main():
    client = Client()
    await client.start_io("rung", "lsp")
    answer = await client.initialize_async(
        lsp.InitializeParams(
            process_id=None,
            root_uri=folder.as_uri(),
            capabilities=lsp.ClientCapabilities(
                workspace=lsp.WorkspaceClientCapabilities(
                    did_change_watched_files=lsp.DidChangeWatchedFilesClientCapabilities(
                        dynamic_registration=True)),
                text_document=lsp.TextDocumentClientCapabilities(
                    code_action=lsp.CodeActionClientCapabilities(
                        code_action_literal_support=lsp.ClientCodeActionLiteralOptions(
                            code_action_kind=lsp.ClientCodeActionKindOptions(value_set=[]))),
                    document_symbol=lsp.DocumentSymbolClientCapabilities(
                        hierarchical_document_symbol_support=True),
                    rename=lsp.RenameClientCapabilities(prepare_support=True)))))
    check(answer.capabilities.position_encoding == "utf-16", "the encoding is the client's")
    check(answer.server_info.name == "rung", "the server has a name")
    client.initialized(lsp.InitializedParams())

    text = policy.read_text()
    document = lsp.TextDocumentIdentifier(uri)
    client.text_document_did_open(
        lsp.DidOpenTextDocumentParams(lsp.TextDocumentItem(uri, "rung", 1, text)))
    await client.until("the misspelt model is found", lambda: client.findings())
    found = client.findings()[0]
    check(found.code == "unknown_name" and found.source == "rung", "by its code", found)
    check(client.told[uri].version == 1, "of the version that was opened")
    check(found.range.start == place(text, "largr"), "at its place", found.range)

    actions = await client.text_document_code_action_async(
        lsp.CodeActionParams(document, found.range, lsp.CodeActionContext([found])))
    fix = next(one for one in actions if one.kind == "quickfix")
    fixed = applied(text, fix.edit.changes[uri])
    check("use large }" in fixed, "the quick fix mends it", fixed)
    client.text_document_did_change(
        lsp.DidChangeTextDocumentParams(
            lsp.VersionedTextDocumentIdentifier(2, uri),
            [lsp.TextDocumentContentChangePartial(
                range=edit.range, text=edit.new_text) for edit in fix.edit.changes[uri]]))
    await client.until("no error is left", lambda: client.told[uri].version == 2
                       and not [one for one in client.findings() if one.severity == 1])
    text = fixed

    hover = await client.text_document_hover_async(
        lsp.HoverParams(document, place(text, "accept answered", 9)))
    check("gate" in hover.contents.value, "hover says what a name is", hover)
    places = await client.text_document_definition_async(
        lsp.DefinitionParams(document, place(text, "accept answered", 9)))
    check(places[0].range.start.line == place(text, "gate   answered").line, "its declaration")
    uses = await client.text_document_references_async(
        lsp.ReferenceParams(lsp.ReferenceContext(True), document, place(text, "answered")))
    check(len(uses) == 2, "both its places", uses)
    span = await client.text_document_prepare_rename_async(
        lsp.PrepareRenameParams(document, place(text, "answered")))
    check(span.placeholder == "answered", "it can be renamed", span)
    edit = await client.text_document_rename_async(
        lsp.RenameParams(document, place(text, "answered"), "complete"))
    renamed = applied(text, edit.changes[uri])
    check(renamed == text.replace("answered", "complete"), "everywhere", renamed)
    try:
        await client.text_document_rename_async(
            lsp.RenameParams(document, place(text, "answered"), "both"))
        check(False, "a name that is taken is refused")
    except Exception as problem:
        check("`both`" in str(problem), "a name that is taken is refused", problem)

    offered = await client.text_document_completion_async(
        lsp.CompletionParams(document, place(text, "both }")))
    labels = {one.label: one for one in offered.items}
    check({"small", "large", "both"} <= labels.keys(), "models and ladders are offered", labels)
    check(all("${" not in one.text_edit.new_text for one in offered.items), "without snippets")
    symbols = await client.text_document_document_symbol_async(lsp.DocumentSymbolParams(document))
    names = [one.name for one in symbols]
    check({"answered", "both", "code"} <= set(names), "the outline", names)
    found = await client.workspace_symbol_async(lsp.WorkspaceSymbolParams("CODE"))
    check([one.name for one in found] == ["code"], "symbols by name", found)
    tokens = await client.text_document_semantic_tokens_full_async(
        lsp.SemanticTokensParams(document))
    check(len(tokens.data) % 5 == 0 and len(tokens.data) > 50, "colours", len(tokens.data))
    folds = await client.text_document_folding_range_async(lsp.FoldingRangeParams(document))
    check(folds, "folds", folds)
    edits = await client.text_document_formatting_async(
        lsp.DocumentFormattingParams(document, lsp.FormattingOptions(2, True)))
    check("gate answered = length" in applied(text, edits), "the one format", edits)
    lenses = await client.text_document_code_lens_async(lsp.CodeLensParams(document))
    runs = [one.command for one in lenses if one.command.command == "rung.runTest"]
    check(len(runs) == 1, "the test has a lens", lenses)
    said = await client.workspace_execute_command_async(
        lsp.ExecuteCommandParams(runs[0].command, runs[0].arguments))
    check("passe" in said and client.shown == [said], "it runs, and says how it ended", said)
    await client.text_document_inlay_hint_async(
        lsp.InlayHintParams(document, lsp.Range(lsp.Position(0, 0), lsp.Position(99, 0))))
    check(True, "hints are what the protocol calls so")

    # An edit of the catalog that is not saved.
    catalog = folder / "catalog.yaml"
    prices = catalog.read_text()
    client.text_document_did_open(
        lsp.DidOpenTextDocumentParams(
            lsp.TextDocumentItem(catalog.as_uri(), "yaml", 1, prices.replace("large:", "huge:"))))
    await client.until("a model taken out of the catalog is missed", lambda: [
        one for one in client.findings() if one.code == "unknown_name"])
    client.text_document_did_close(
        lsp.DidCloseTextDocumentParams(lsp.TextDocumentIdentifier(catalog.as_uri())))
    await client.until("and is there again when it is closed", lambda: not [
        one for one in client.findings() if one.severity == 1])

    check(client.registered[0].method == "workspace/didChangeWatchedFiles", "files are watched")
    await client.shutdown_async(None)
    client.exit(None)
    await asyncio.wait_for(client._server.wait(), 20)
    check(client._server.returncode == 0, "it ends with 0", client._server.returncode)
    print(checks, "checks held")


asyncio.run(main())
