package import JSONReading

/// Reads LiteLLM's `model_prices_and_context_window.json`.
package enum LiteLLMImport {
  /// What each entry becomes.
  ///
  /// Fails only if the text is no JSON object; whatever an entry holds, it gets an outcome. A key
  /// that stands twice is no JSON to this reader. O(bytes).
  package static func read(
    _ bytes: [UInt8], selection: ImportSelection = ImportSelection()
  ) throws(LiteLLMProblem) -> CatalogDraft {
    let text: JSONText
    do { text = try JSONText(bytes) } catch { throw .json(error) }
    guard text.root.kind == .object else { throw .notAnObject }
    let members = text.root.members.map { (name: $0.key.string ?? "", value: $0.value) }
    let words = DraftNames.words(
      for: members.map(\.name), reserved: ["requested", "auto"])
    var entries: [ImportedEntry] = []
    var samples: [String] = []
    var unread: [String: Int] = [:]
    // Texts are equal here if they read the same, whatever their bytes.
    var seen: Set<String> = []
    for (name, value) in members {
      if name == sample {
        samples.append(name)
        continue
      }
      let isNew = seen.insert(name).inserted
      guard let entry = LiteLLMEntry(name: name, word: words[name] ?? name, value) else {
        guard selection.takes(name, provider: nil) else { continue }
        entries.append(
          ImportedEntry(name: name, mode: nil, provider: nil, outcome: .refused(.notAnObject)))
        continue
      }
      guard selection.takes(name, provider: entry.provider) else { continue }
      let imported = imported(entry, isNew: isNew)
      if imported.model != nil { count(entry, &unread) }
      entries.append(imported)
    }
    return CatalogDraft(
      entries: entries, total: members.count - samples.count, samples: samples,
      unread: unread.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
        .map { (key: $0.key, count: $0.value) })
  }

  /// The names of all providers of a list, sorted: to tell a misspelt one.
  package static func providers(of bytes: [UInt8]) throws(LiteLLMProblem) -> [String] {
    let text: JSONText
    do { text = try JSONText(bytes) } catch { throw .json(error) }
    return Set(text.root.members.compactMap { $0.value["litellm_provider"]?.string }).sorted()
  }

  /// Whether a key describes a model: what it costs, holds and can do.
  package static func describes(_ key: String) -> Bool { LiteLLMEntry.isRead(key) }

  /// The entry that explains the others.
  private static let sample = "sample_spec"

  private static func imported(_ entry: LiteLLMEntry, isNew: Bool) -> ImportedEntry {
    var outcome = ImportedEntry.Outcome.refused(.sameName)
    if isNew {
      do { outcome = try entry.outcome() } catch { outcome = .refused(error) }
    }
    return ImportedEntry(
      name: entry.name, mode: entry.mode, provider: entry.provider, outcome: outcome)
  }

  private static func count(_ entry: LiteLLMEntry, _ unread: inout [String: Int]) {
    for key in entry.keys where !LiteLLMEntry.isRead(key) { unread[key, default: 0] += 1 }
  }
}

/// Why a list cannot be read at all.
package enum LiteLLMProblem: Error {
  case json(JSONProblem)
  case notAnObject

  /// One line: where, and what.
  package var words: String {
    switch self {
    case .json(let problem): problem.description
    case .notAnObject: "this is no price list: it has to be one object, from names to models"
    }
  }
}
