package import PolicySource

/// What the records of a file are.
package enum ImportKind: Hashable, Sendable {
  case liteLLMSpend
  case azureTrace
  /// Rows as `rung ledger export` writes them.
  case rung
  case mapped(ColumnMapping)

  /// As `--as` names it and the origin of a row shows it.
  package var word: String {
    switch self {
    case .liteLLMSpend: "litellm-spend"
    case .azureTrace: "azure-trace"
    case .rung: "rung"
    case .mapped: "columns"
    }
  }

  /// The columns a file must have.
  var needed: [String] {
    switch self {
    case .liteLLMSpend: ["request_id", "startTime"]
    case .azureTrace: AzureTraceRow.columns
    case .rung: [EntryField.format.rawValue]
    case .mapped(let mapping):
      ColumnMapping.Field.allCases.compactMap { mapping[$0] }
    }
  }

  /// What a file's names say for certain; nil if they could be anything's.
  package init?(names: [String]) {
    let found = Set(names)
    if found.contains(EntryField.format.rawValue), found.contains(EntryField.certainty.rawValue) {
      self = .rung
    } else if names == AzureTraceRow.columns {
      self = .azureTrace
    } else if found.isSuperset(of: LiteLLMRow.marks) {
      self = .liteLLMSpend
    } else {
      return nil
    }
  }
}

/// How a file is imported.
package struct ImportOptions: Sendable {
  /// Nil to go by the file's names.
  package var kind: ImportKind?
  /// Three capitals: of every cost in the file.
  package var currency = "USD"
  /// The model of records that name none.
  package var model: String?
  package var pricing: RowPricing?
  /// Takes a cost finer than a nano-unit as an upper bound, rounded up.
  package var roundsUp = false
  /// Takes LiteLLM's zeros for zeros.
  package var trustsZero = false

  package init() {}
}

/// Which file rows come from: their names and their origin are made of it.
package struct ImportSource: Hashable, Sendable {
  /// The file's name without its folder.
  package let name: String
  /// Of all its bytes.
  package let digest: StableHash.Digest
  /// How often it was imported before, on purpose.
  package let round: Int

  package init(name: String, digest: StableHash.Digest, round: Int = 0) {
    self.name = name
    self.digest = digest
    self.round = round
  }

  /// As rows keep it: `azure-trace 9f86d081884c7d65… trace.csv`, for a second time `9f86…#2`.
  package func origin(_ kind: ImportKind, before: String? = nil) -> String {
    let again = round > 0 ? "#\(round + 1)" : ""
    let chain = before.map { ", from \($0)" } ?? ""
    return "\(kind.word) \(digest.hex)\(again) \(name)\(chain)"
  }

  /// Which time, from 0, an origin says that a file was imported; nil if it names another file.
  package static func round(of digest: StableHash.Digest, in origin: String) -> Int? {
    let words = origin.split(separator: " ", maxSplits: 2)
    guard words.count > 1 else { return nil }
    let parts = words[1].split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.first.map({ $0 == digest.hex }) == true else { return nil }
    guard parts.count == 2 else { return 0 }
    // A number no import of ours can have reached is somebody else's text.
    guard let number = Int(parts[1]), (2...100_000).contains(number) else { return nil }
    return number - 1
  }
}
