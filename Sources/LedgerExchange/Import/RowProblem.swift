import JSONReading

/// Why one record could not be made into a row; the rest of the file goes on.
package enum RowProblem: Error, Hashable, Sendable {
  case csv(CSVProblem)
  case json(JSONRecord.Problem)
  case notAnObject
  case fieldCount(found: Int, wanted: Int)
  case notUTF8(column: String)
  case missing(column: String)
  /// An object or an array where a plain value must stand.
  case notPlain(column: String)
  case notATime(column: String, text: String)
  case notACount(column: String, text: String)
  case notMoney(column: String, text: String)
  case negativeMoney(column: String, text: String)
  case moneyTooLarge(column: String, text: String)
  /// Finer than a nano-unit, and rounding was not asked for.
  case moneyTooFine(column: String, text: String)
  case unknownStatus(column: String, text: String)
  /// A part of the tokens is more than the whole.
  case partAboveWhole(column: String)
  /// Two records of the file have the same name.
  case repeated(name: String, line: Int)
  /// The ledger has a row of this name.
  case alreadyThere(name: String)
  /// A row of another currency than the import's.
  case otherCurrency(String, wanted: String)
  /// A field of Rung's own format does not hold what it must.
  case badField(String, reason: String)

  /// A stable word: problems are counted by it.
  package var code: String {
    switch self {
    case .csv: "csv"
    case .json: "json"
    case .notAnObject: "not_an_object"
    case .fieldCount: "field_count"
    case .notUTF8: "not_utf8"
    case .missing: "missing"
    case .notPlain: "not_plain"
    case .notATime: "time"
    case .notACount: "count"
    case .notMoney: "money"
    case .negativeMoney: "negative_money"
    case .moneyTooLarge: "money_too_large"
    case .moneyTooFine: "money_too_fine"
    case .unknownStatus: "status"
    case .partAboveWhole: "part_above_whole"
    case .repeated: "repeated"
    case .alreadyThere: "already_there"
    case .otherCurrency: "other_currency"
    case .badField: "field"
    }
  }
}

extension RowProblem: CustomStringConvertible {
  /// One line without the place.
  package var description: String {
    switch self {
    case .csv(let problem): problem.message
    case .json(.json(let problem)):
      ShownText.line(
        problem.message + (problem.place.path.isEmpty ? "" : ", at \(problem.place.path)"))
    case .json(.unfinishedArray): "the array never closes"
    case .json(.tooLong(let limit)): "a record over \(limit >> 20) MiB"
    case .notAnObject: "a record must be an object with named values"
    case .fieldCount(let found, let wanted):
      "\(found) field\(found == 1 ? "" : "s") where the header has \(wanted)"
    case .notUTF8(let column): "`\(column)` is not UTF-8"
    case .missing(let column): "`\(column)` is missing"
    case .notPlain(let column): "`\(column)` holds an object or a list, not a plain value"
    case .notATime(let column, let text): "`\(column)` is no time: `\(text)`"
    case .notACount(let column, let text): "`\(column)` is no count: `\(text)`"
    case .notMoney(let column, let text): "`\(column)` is no amount: `\(text)`"
    case .negativeMoney(let column, let text): "`\(column)` is negative: `\(text)`"
    case .moneyTooLarge(let column, let text): "`\(column)` is too large: `\(text)`"
    case .moneyTooFine(let column, let text):
      "`\(column)` is finer than a billionth: `\(text)`; --round-up takes it as an upper bound"
    case .unknownStatus(let column, let text): "`\(column)` is no status that is known: `\(text)`"
    case .partAboveWhole(let column): "`\(column)` is more than the whole it is part of"
    case .repeated(let name, let line): "`\(name)` stands on line \(line) already"
    case .alreadyThere(let name): "`\(name)` is in the ledger already"
    case .otherCurrency(let found, let wanted): "it is in \(found), not in \(wanted)"
    case .badField(let field, let reason): "`\(field)` \(reason)"
    }
  }
}

/// What was taken otherwise than it stood, and is counted so that nothing is changed in silence.
package enum RowNote: String, Hashable, Sendable, CaseIterable {
  case zeroIsUnknown = "zero_is_unknown"
  case unpriced
  case priced
  case roundedUp = "rounded_up"
  case timeCut = "time_cut"
  case keyHidden = "key_hidden"
  case metadataUnreadable = "metadata_unreadable"
  case partsIgnored = "parts_ignored"
  case totalDiffers = "total_differs"
  case endBeforeStart = "end_before_start"
  case chargesLeft = "charges_left"
  case zeroCharacter = "zero_character"

  /// As it follows a number of rows and a colon.
  package var words: String {
    switch self {
    case .zeroIsUnknown:
      "cost zero where somebody may have been billed, taken as unknown (--zero-is-free takes it as zero)"
    case .unpriced: "no price in the catalog for the model, cost unknown"
    case .priced: "priced from the catalog, for the tokens the file names"
    case .roundedUp: "cost finer than a billionth, rounded up to an upper bound"
    case .timeCut: "time finer than a millisecond, cut"
    case .keyHidden: "a key where its name must stand, left out"
    case .metadataUnreadable: "metadata that is no JSON, left out"
    case .partsIgnored: "parts of tokens that are more than the whole, left out"
    case .totalDiffers: "a total of tokens that is not input and output together"
    case .endBeforeStart: "an end before the start, the time it took left out"
    case .zeroCharacter: "a zero character in a text, kept as U+FFFD"
    case .chargesLeft: "charged budgets where it was made, and charges none here"
    }
  }
}
