import StandInProvider
import Testing

/// A line of the list of faults that requests are promised to survive.
enum ListedFault: Hashable, CustomTestStringConvertible {
  /// The connection never carries a request.
  case connection(ConnectionFault)
  /// A provider answers, and answers wrongly.
  case provider(Fault)

  var testDescription: String {
    switch self {
    case .connection(let fault): fault.rawValue
    case .provider(let fault): fault.name
    }
  }

  /// The whole list, in its order.
  static let all: [ListedFault] =
    ConnectionFault.allCases.map(ListedFault.connection)
    + [
      Fault.resetBeforeHeaders, .resetAfterHeaders, .resetMidBody, .closeBeforeHeaders,
      .endlessHead, .slowHead, .slowBody, .hang, .streamSilent, .streamCut, .streamWithoutDone,
      .streamDoneTwice, .streamAfterDone, .brokenJSON, .brokenEvent, .hugeChunk, .hugeBody,
      .lengthShort, .lengthLong, .malformedChunk, .gzipBomb, .errorObject, .html, .streamError,
      .noContent, .redirect, .contextLength, .contentFilter, .unauthorized, .unknownModel,
      .status408, .status409, .status413, .status429Seconds, .status429Date, .status429Absurd,
      .status429, .status500, .status502, .status503, .status504, .usageMissing, .usageNegative,
      .usageZero, .usageHuge, .wrongModel, .finishMissing, .invalidUTF8, .duplicateKeys,
    ].map(ListedFault.provider)

  /// Whether the fault is one of streams only.
  var needsStream: Bool {
    switch self {
    case .connection: false
    case .provider(let fault):
      [
        .streamWithoutDone, .streamDoneTwice, .streamAfterDone, .brokenEvent, .hugeChunk,
        .streamError,
      ].contains(fault)
    }
  }

  /// What a call with this fault comes to.
  enum Effect {
    /// Its answer is whole and right, whatever else is wrong with it.
    case none
    /// There is no answer to give: the next tier is asked.
    case noAnswer
    /// The provider refuses the request itself: nobody else is asked.
    case refusal
  }

  func effect(streamed: Bool) -> Effect {
    switch self {
    case .connection: .noAnswer
    case .provider(let fault):
      switch fault {
      case .contentFilter: .refusal
      case .usageMissing, .usageNegative, .usageZero, .usageHuge, .wrongModel, .streamWithoutDone,
        .streamDoneTwice, .streamAfterDone:
        .none
      // `[DONE]` has come when the connection ends before the announced bytes.
      case .lengthLong: streamed ? .none : .noAnswer
      default: .noAnswer
      }
    }
  }

  /// Whether a provider is reached: it may have worked, and may bill that.
  var reachesProvider: Bool {
    switch self {
    case .connection: false
    case .provider: true
    }
  }
}

/// A way for a connection to fail before a request was sent over it.
enum ConnectionFault: String, CaseIterable {
  case refused = "connect refused"
  case hanging = "connect hang"
  case unknownHost = "DNS failure"
  case wrongName = "TLS wrong name"
  case expired = "TLS expired"
  case silentHandshake = "TLS handshake hang"
  case resetHandshake = "TLS reset"
}
