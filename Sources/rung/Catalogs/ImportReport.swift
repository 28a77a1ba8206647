import CatalogImport
import PolicySemantics
import PolicyUnits

/// What an import made of a list, in words and as JSON.
struct ImportReport {
  let draft: CatalogDraft
  let file: String
  /// Where the catalog was written; nil if it was printed or not at all.
  let output: String?

  /// One kind of outcome, counted, with the entries it met.
  private struct Row {
    let words: String
    let entries: [ImportedEntry]
  }

  private var imported: [ImportedEntry] {
    draft.entries.filter { $0.model != nil && $0.doubts.isEmpty }
  }

  private var refused: [(code: String, entries: [ImportedEntry])] {
    var groups: [String: [ImportedEntry]] = [:]
    for entry in draft.entries {
      if let refusal = entry.refusal { groups[refusal.code, default: []].append(entry) }
    }
    return groups.sorted { ($1.value.count, $0.key) < ($0.value.count, $1.key) }
      .map { (code: $0.key, entries: $0.value) }
  }

  /// For people: a table of outcomes that fits a screen, or one that names every entry.
  func text(naming all: Bool) -> String {
    var lines = ["\(file): \(counted(draft.entries.count, "entry", "entries"))\(selected)"]
    lines += section(
      "imported",
      [
        row("chat model", imported.filter { $0.model?.isEmbedder == false }),
        row("embedder", imported.filter { $0.model?.isEmbedder == true }),
      ].filter { !$0.entries.isEmpty }, naming: false)
    lines += section("set aside until `confirm` says more", heldRows, naming: all)
    lines += section(
      "refused",
      refused.map { Row(words: Self.kind(of: $0.entries), entries: $0.entries) },
      naming: all, reasons: true)
    lines += notes
    if let output { lines.append("\nwrote \(output)") }
    return lines.joined(separator: "\n")
  }

  private func row(_ word: String, _ entries: [ImportedEntry]) -> Row {
    Row(words: entries.count == 1 ? word : word + "s", entries: entries)
  }

  /// The kind of refusal; of other services also which they are, the most frequent first.
  private static func kind(of entries: [ImportedEntry]) -> String {
    guard let refusal = entries.first?.refusal else { return "" }
    guard case .otherMode = refusal else { return refusal.kindWords }
    var modes: [String: Int] = [:]
    for entry in entries { modes[entry.mode?.shown ?? "", default: 0] += 1 }
    let sorted = modes.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
    let shown = sorted.prefix(4).map { "\($0.key) \($0.value)" }
    let rest = sorted.count > 4 ? " and other" : ""
    return "\(refusal.kindWords): " + shown.joined(separator: ", ") + rest
  }

  private var selected: String {
    draft.entries.count == draft.total ? "" : " of \(Amounts.grouped(Int64(draft.total)))"
  }

  private var heldRows: [Row] {
    let high = draft.entries.filter { $0.doubts.contains(where: \.isHigh) }
    let zero = draft.entries.filter { $0.doubts.contains(where: \.isZero) }
    return [
      Row(words: "a price is zero", entries: zero),
      Row(words: "a price is over 0.001 a token", entries: high),
    ].filter { !$0.entries.isEmpty }
  }

  private func section(
    _ title: String, _ rows: [Row], naming all: Bool, reasons: Bool = false
  ) -> [String] {
    guard !rows.isEmpty else { return [] }
    var lines = ["", title]
    for row in rows {
      lines.append("\(padded(row.entries.count))  \(row.words)")
      guard title != "imported" else { continue }
      for entry in row.entries.prefix(all ? .max : 2) {
        let reason = entry.refusal.map { ": \($0.words)" } ?? ""
        lines.append("         \(entry.name.shown)\(reasons && all ? reason : "")")
      }
      if !all, row.entries.count > 2 {
        lines.append("         and \(Amounts.grouped(Int64(row.entries.count - 2))) more")
      }
    }
    return lines
  }

  private var notes: [String] {
    var counts: [String: Int] = [:]
    for note in draft.entries.flatMap({ $0.model?.notes ?? [] }) {
      counts[note.code, default: 0] += 1
    }
    var lines: [String] = []
    if !counts.isEmpty {
      lines += ["", "noted of those taken over (--format json says of which)"]
      for (code, count) in counts.sorted(by: { ($1.value, $0.key) < ($0.value, $1.key) }) {
        lines.append("\(padded(count))  \(code.replacing("_", with: " "))")
      }
    }
    let open = draft.providersWithoutAddress
    if !open.isEmpty {
      let waiting = draft.entries.count { entry in
        entry.model.map { open.contains($0.provider) } ?? false
      }
      lines += [
        "",
        "\(counted(open.count, "provider needs its", "providers need their")) address instead of `fill_in`: "
          + "\(counted(waiting, "model waits", "models wait")) for it",
      ]
    }
    return lines
  }

  private func padded(_ count: Int) -> String {
    let digits = Amounts.grouped(Int64(count))
    return String(repeating: " ", count: max(0, 7 - digits.utf8.count)) + digits
  }

  private func counted(_ count: Int, _ one: String, _ many: String) -> String {
    "\(Amounts.grouped(Int64(count))) \(count == 1 ? one : many)"
  }
}
