/// Which column of a foreign file is what.
package struct ColumnMapping: Hashable, Sendable {
  /// What a column can be, by the word of `--columns`.
  package enum Field: String, Hashable, Sendable, CaseIterable {
    case time
    case inputTokens = "input_tokens"
    case outputTokens = "output_tokens"
    case cachedTokens = "cached_input_tokens"
    case writtenTokens = "cache_write_tokens"
    case reasoningTokens = "reasoning_tokens"
    case cost, model, provider, tenant, user, key, conversation, status
    case latency = "latency_ms"
    case firstByte = "first_byte_ms"
    case id
  }

  package private(set) var columns: [Field: String]

  subscript(field: Field) -> String? { columns[field] }

  /// As `--columns` takes it.
  package var text: String {
    Field.allCases.compactMap { field in
      columns[field].map { "\(field.rawValue)=\($0)" }
    }.joined(separator: ",")
  }

  /// Why the value of `--columns` is no mapping, in one line.
  package enum Refusal: Error, Hashable, Sendable {
    case notAPair(String)
    case unknownField(String)
    case fieldTwice(String)
    case needs(String)
  }

  /// Reads `time=ts,input_tokens=prompt,…`; a column's name may have no comma.
  package init(parsing text: String) throws(Refusal) {
    columns = [:]
    for pair in text.split(separator: ",") {
      let halves = pair.split(separator: "=", maxSplits: 1)
      guard halves.count == 2 else { throw .notAPair(String(pair)) }
      let name = String(halves[0])
      guard let field = Field(rawValue: name) else { throw .unknownField(name) }
      guard columns.updateValue(String(halves[1]), forKey: field) == nil else {
        throw .fieldTwice(name)
      }
    }
    guard columns[.time] != nil else { throw .needs("time") }
    guard (columns[.inputTokens] == nil) == (columns[.outputTokens] == nil) else {
      throw .needs(columns[.inputTokens] == nil ? "input_tokens" : "output_tokens")
    }
    guard columns[.cost] != nil || columns[.inputTokens] != nil else {
      throw .needs("cost, or of input_tokens and output_tokens")
    }
  }

  /// The mapping that a file's names suggest; nil without a time and something to count.
  package init?(suggestedBy names: [String]) {
    columns = [:]
    var taken: Set<String> = []
    for (field, known) in Self.knownNames {
      let match = known.lazy.compactMap { word in
        names.first { Self.plain($0) == word && !taken.contains($0) }
      }.first
      guard let match else { continue }
      columns[field] = match
      taken.insert(match)
    }
    if columns[.inputTokens] == nil || columns[.outputTokens] == nil {
      for field in [
        Field.inputTokens, .outputTokens, .cachedTokens, .writtenTokens, .reasoningTokens,
      ] { columns[field] = nil }
    }
    guard columns[.time] != nil, columns[.cost] != nil || columns[.inputTokens] != nil else {
      return nil
    }
  }

  /// Letters and digits alone, small.
  private static func plain(_ name: String) -> String {
    String(name.lowercased().unicodeScalars.filter { $0.properties.isAlphabetic || $0.isDigit })
  }

  /// Names that other programs use, likeliest first.
  private static let knownNames: [(Field, [String])] = [
    (.time, ["time", "timestamp", "starttime", "createdat", "created", "date", "datetime", "ts"]),
    (
      .inputTokens,
      [
        "inputtokens", "prompttokens", "contexttokens", "tokensin", "tokensinput", "ntokensin",
        "usageprompttokens", "usageinputtokens", "nativetokensprompt", "tokensprompt", "input",
        "prompt", "in",
      ]
    ),
    (
      .outputTokens,
      [
        "outputtokens", "completiontokens", "generatedtokens", "tokensout", "tokensoutput",
        "usagecompletiontokens", "usageoutputtokens", "nativetokenscompletion", "tokenscompletion",
        "output", "completion", "out",
      ]
    ),
    (
      .cachedTokens,
      [
        "cachedinputtokens", "cachedtokens", "cachereadinputtokens", "cachereadtokens",
        "tokenscached",
      ]
    ),
    (.writtenTokens, ["cachewritetokens", "cachecreationinputtokens", "cachecreationtokens"]),
    (.reasoningTokens, ["reasoningtokens", "nativetokensreasoning", "tokensreasoning"]),
    (.cost, ["cost", "spend", "costusd", "totalcost", "costtotal", "price", "amount", "usd"]),
    (.model, ["model", "modelname", "modelid", "modelpermaslug"]),
    (.provider, ["provider", "providername", "customllmprovider", "vendor"]),
    (
      .tenant,
      ["tenant", "team", "teamid", "organization", "organizationid", "customer", "project"]
    ),
    (.user, ["user", "userid", "enduser"]),
    (.key, ["keyname", "apikeyname", "keyalias"]),
    (.conversation, ["conversation", "sessionid", "conversationid", "session"]),
    (.status, ["status", "statuscode", "httpstatus"]),
    (.latency, ["latencyms", "durationms", "requestdurationms", "elapsedms", "generationtimems"]),
    (.firstByte, ["firstbytems", "ttftms", "timetofirsttokenms"]),
    (.id, ["requestid", "id", "generationid", "callid"]),
  ]
}

extension ColumnMapping.Refusal: CustomStringConvertible {
  package var description: String {
    switch self {
    case .notAPair(let text): "`\(ShownText.of(text))` is no pair such as time=created_at"
    case .unknownField(let name):
      "no field is called `\(ShownText.of(name))`; they are "
        + ColumnMapping.Field.allCases.map(\.rawValue).joined(separator: ", ")
    case .fieldTwice(let name): "`\(name)` is given twice"
    case .needs(let name): "it needs a column for \(name)"
    }
  }
}

extension Unicode.Scalar {
  fileprivate var isDigit: Bool { ("0"..."9").contains(self) }
}
