import PolicyDiagnostics
import PolicySource

extension YAMLProblem {
  func diagnostic(at span: Span) -> Diagnostic {
    switch self {
    case .tooDeep(let limit):
      Diagnostic(
        .yamlTooDeep, .error, "more than \(limit) lists and mappings inside each other", at: span)
    case .tooManyNodes(let limit):
      Diagnostic(.yamlTooManyNodes, .error, "more than \(limit) values in one file", at: span)
    case .secondDocument:
      Diagnostic(
        .yamlSeveralDocuments, .error, "a second document starts here", at: span,
        notes: [Note("a file holds one document: remove the `---` or split the file")])
    case .tagDirective:
      Diagnostic(
        .yamlTag, .error, "`%TAG` lines are not read", at: span,
        notes: [Note("types follow from where a value stands: leave the tags out")])
    case .tag:
      Diagnostic(
        .yamlTag, .error, "tags such as `!!str` are not read", at: span,
        notes: [Note("types follow from where a value stands: leave the tag out")])
    case .anchor(let name):
      Diagnostic(
        .yamlAnchor, .error, "the anchor `&\(name)` is not read", at: span,
        notes: [Note("write each value where it is used, so that a reader finds it there")])
    case .alias(let name):
      Diagnostic(
        .yamlAnchor, .error, "the alias `*\(name)` is not read", at: span,
        notes: [Note("write the value out; a text that starts with `*` needs quotes")])
    case .mergeKey:
      Diagnostic(
        .yamlMergeKey, .error, "the merge key `<<` is not read", at: span,
        notes: [Note("write the merged keys out; a key that is called so needs quotes")])
    case .keyIsCollection:
      Diagnostic(
        .yamlKey, .error, "a list or mapping cannot be a key", at: span,
        notes: [Note("a key is a name before a colon, as in `currency: USD`")])
    case .keyIsAbsent:
      Diagnostic(
        .yamlKey, .error, "there is no key before this colon", at: span,
        notes: [Note("a key is a name before a colon, as in `currency: USD`")])
    case .duplicateKey(let key, let first):
      Diagnostic(
        .yamlDuplicateKey, .error, "the key \(quoted(key)) is already in this mapping", at: span,
        notes: [Note("first written here", at: first)])
    }
  }
}

extension TextProblem {
  func diagnostic(in file: SourceFile) -> Diagnostic {
    func span(_ offset: Int, _ length: Int = 1) -> Span {
      Span(file: file.id, start: UInt32(clamping: offset), end: UInt32(clamping: offset + length))
    }
    switch self {
    case .tooLarge(let limit, let size):
      return Diagnostic(
        .yamlTooLarge, .error, "this file has \(size) bytes, more than the \(limit) that are read",
        at: span(limit, 0), notes: [Note("nothing of it was read; the limit is reached here")])
    case .utf16:
      return Diagnostic(
        .yamlBadUTF8, .error, "this file is UTF-16, not UTF-8", at: span(0, 2),
        notes: [Note("save it as UTF-8")])
    case .badUTF8(let offset):
      return Diagnostic(
        .yamlBadUTF8, .error, "byte \(offset) (0x\(hex(file.bytes[offset]))) is not UTF-8",
        at: span(offset), notes: [Note("save the file as UTF-8")])
    case .control(let scalar, let offset, let length):
      return Diagnostic(
        .yamlControlCharacter, .error,
        "the control character U+\(hex(scalar, digits: 4)) is not allowed",
        at: span(offset, length), notes: [Note("inside double quotes `\\u` escapes can name one")])
    case .directives(let offset):
      return Diagnostic(
        .yamlTag, .error, "`%TAG` lines are not read", at: span(offset, 4),
        notes: [Note("types follow from where a value stands: leave the tags out")])
    }
  }
}

/// A short text in backticks, on one line.
package func quoted(_ text: String) -> String {
  var shown = ""
  for scalar in text.unicodeScalars.prefix(60) {
    shown += scalar.properties.generalCategory == .control ? " " : String(scalar)
  }
  return "`" + shown + (text.unicodeScalars.count > 60 ? "…" : "") + "`"
}

private func hex(_ number: some BinaryInteger, digits: Int = 2) -> String {
  let text = String(number, radix: 16, uppercase: true)
  return String(repeating: "0", count: max(0, digits - text.count)) + text
}
