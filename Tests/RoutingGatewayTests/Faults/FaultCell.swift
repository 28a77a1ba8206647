import Testing

/// One cell of the table: a fault, how the caller asked, and whether anybody is left to ask after it.
struct FaultCell: Hashable, CustomTestStringConvertible {
  let fault: ListedFault
  let isStreamed: Bool
  let place: Place

  enum Place: String, CaseIterable {
    /// The first of two tiers, with a gate.
    case tierLeft = "tier left"
    /// The only tier, without a gate: a stream passes through it as it comes.
    case lastTier = "last tier"
  }

  var testDescription: String {
    "\(fault.testDescription), \(isStreamed ? "streamed" : "plain"), \(place.rawValue)"
  }

  static let all = ListedFault.all.flatMap { fault in
    [false, true].flatMap { isStreamed in
      Place.allCases.compactMap { place in
        fault.needsStream && !isStreamed
          ? nil : FaultCell(fault: fault, isStreamed: isStreamed, place: place)
      }
    }
  }

  /// What the caller has to get.
  enum Ending: Hashable {
    /// The whole right answer of this model.
    case answer(of: String)
    /// An error object; after the first byte of a stream an event with one, and no proper end.
    case error
  }

  var expected: Ending {
    switch (fault.effect(streamed: isStreamed), place) {
    case (.none, _): .answer(of: "cheap")
    case (.noAnswer, .tierLeft): .answer(of: "dear")
    case (.noAnswer, .lastTier), (.refusal, _): .error
    }
  }
}
