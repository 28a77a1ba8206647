import PolicyCompiler
import PolicyDiagnostics
import PolicySource
import PolicySyntax
import PolicyUnits

/// Another order of a ladder's models, and other thresholds, as a change of the file that declares it.
///
/// Gates and thresholds stay at their place in the ladder; a model's options go with the model.
struct LadderEdit {
  private let file: PolicyFile
  private let ladder: LadderDeclaration

  /// Nil if no file of the policy declares it.
  init?(_ name: String, in compilation: PolicyCompilation) {
    for file in compilation.files {
      for declaration in file.declarations {
        guard case .ladder(let ladder) = declaration.content, ladder.name.text == name else {
          continue
        }
        self.file = file
        self.ladder = ladder
        return
      }
    }
    return nil
  }

  var path: String { file.source.path }
  var original: String { String(decoding: file.source.bytes, as: UTF8.self) }
  var models: [String] { ladder.tiers.map(\.model.text) }

  /// `order` has for each place the tier whose model goes there; a threshold that is nil stays.
  func bytes(order: [Int], thresholds: [[Score?]]) -> [UInt8] {
    var edits: [Edit] = []
    for (place, tier) in ladder.tiers.enumerated() {
      if order[place] != place {
        let moved = ladder.tiers[order[place]]
        let options = moved.options.map { " " + text($0.span) }.joined()
        edits.append(Edit(tier.model.span, moved.model.text + options))
        edits += tier.options.map { Edit($0.span, "") }
      }
      for (pass, score) in zip(tier.accepts, thresholds[place]) {
        guard let score, let written = pass.threshold else { continue }
        edits.append(Edit(written.span, Amounts.text(score)))
      }
    }
    var bytes: [UInt8] = []
    var next = 0
    for edit in edits.sorted(by: { $0.span < $1.span }) {
      bytes += file.source.bytes[next..<Int(edit.span.start)]
      bytes += edit.replacement.utf8
      next = Int(edit.span.end)
    }
    bytes += file.source.bytes[next...]
    return formatted(bytes)
  }

  /// In the form of `rung format`, if the file was in it before.
  private func formatted(_ bytes: [UInt8]) -> [UInt8] {
    guard Array(PolicyFormatter.format(file).utf8) == file.source.bytes else { return bytes }
    let source = SourceFile(id: SourceID(0), path: path, bytes: bytes)
    let parsed = PolicyParser.parse(source)
    guard !parsed.diagnostics.hasErrors else { return bytes }
    let text = PolicyFormatter.format(parsed.value)
    return FormatCheck.compare(source, text) == .same ? Array(text.utf8) : bytes
  }

  private func text(_ span: Span) -> String {
    String(decoding: file.source.bytes[Int(span.start)..<Int(span.end)], as: UTF8.self)
  }
}
