package import PolicyGraph
package import PolicySemantics

/// Adds to a request what its body cannot say or must not: who asks, and the facts of key and
/// headers.
///
/// Made once for each policy version. What a caller may say of itself is said in one place each:
///
/// | | from the key | else from | else from |
/// |---|---|---|---|
/// | tenant, key | always | | |
/// | user | `user` | `x-rung-user` | the body's `user`, then `metadata.user` |
/// | conversation | | `x-rung-conversation` | `metadata.conversation` |
/// | a fact | `from key` | its header | `metadata` |
///
/// A fact that `metadata` gives although the policy reads it elsewhere is refused by name: used, it
/// would let a caller choose what its key says; ignored, it would be a misunderstanding nobody sees.
package struct CallerReader: Sendable {
  /// Facts with an origin of their own, by name.
  private let elsewhere: [String: CheckedFact.Origin]
  /// The header fields facts read, lower case, each once.
  package let headers: [String]

  /// A header field a fact reads although it holds a secret, which the ledger would keep; nil if none
  /// does.
  package var secretHeader: String? {
    headers.first { PresentedKey.fields.contains($0) || Self.secrets.contains($0) }
  }

  private static let secrets: Set<String> = ["cookie", "proxy-authorization"]

  package static let userField = "x-rung-user"
  package static let conversationField = "x-rung-conversation"
  /// The most bytes a user or conversation may have.
  package static let mostIdentityBytes = 512

  package init(_ policy: CheckedPolicy) {
    var elsewhere: [String: CheckedFact.Origin] = [:]
    var headers: [String] = []
    for fact in policy.facts {
      switch fact.origin {
      case .metadata: continue
      case .key: elsewhere[fact.name] = .key
      case .header(let name):
        elsewhere[fact.name] = fact.origin
        if !headers.contains(name) { headers.append(name) }
      }
    }
    self.elsewhere = elsewhere
    self.headers = headers
  }

  /// Completes a request that was read from its body.
  ///
  /// - Parameters:
  ///   - input: what was read of the body.
  ///   - caller: nil only where a gateway asks for no keys.
  ///   - values: all values of the header field of this lower-case name, in order.
  /// - Throws: ``CallerProblem``; the request is refused with it.
  package func complete(
    _ input: inout RequestInput, for caller: CallerIdentity?, values: (_ name: String) -> [String]
  ) throws(CallerProblem) {
    try refuseMisplacedFacts(input)
    input.key = caller?.id
    input.tenant = caller?.tenant
    input.keyFacts = caller?.facts ?? [:]
    input.user = try user(of: input, caller, values)
    input.conversation = try conversation(of: input, values)
    for name in headers {
      input.headers[name] = try one(name, values)
    }
  }

  private func refuseMisplacedFacts(_ input: borrowing RequestInput) throws(CallerProblem) {
    guard !elsewhere.isEmpty, !input.metadata.isEmpty else { return }
    // In the order of their names: the same request gets the same words.
    for name in input.metadata.keys.sorted() {
      switch elsewhere[name] {
      case nil, .metadata: continue
      case .key: throw .keyFactInMetadata(name)
      case .header(let header): throw .headerFactInMetadata(name, header: header)
      }
    }
  }

  /// The user of a request whose body names none: the key's, else the header's.
  ///
  /// `values` are all values of the header field of a lower-case name, in order.
  package func user(
    for caller: CallerIdentity?, values: (_ name: String) -> [String]
  ) throws(CallerProblem) -> String? {
    if let user = caller?.user { return user }
    guard let header = try one(Self.userField, values), !header.isEmpty else { return nil }
    return try Self.identity(header, at: Self.userField)
  }

  private func user(
    of input: borrowing RequestInput, _ caller: CallerIdentity?, _ values: (String) -> [String]
  ) throws(CallerProblem) -> String? {
    if let user = try user(for: caller, values: values) { return user }
    if let body = input.user, !body.isEmpty { return try Self.identity(body, at: "user") }
    return try metadata("user", of: input)
  }

  private func conversation(
    of input: borrowing RequestInput, _ values: (String) -> [String]
  ) throws(CallerProblem) -> String? {
    if let header = try one(Self.conversationField, values), !header.isEmpty {
      return try Self.identity(header, at: Self.conversationField)
    }
    return try metadata("conversation", of: input)
  }

  private func metadata(
    _ name: String, of input: borrowing RequestInput
  ) throws(CallerProblem) -> String? {
    switch input.metadata[name] {
    case nil: return nil
    case .text(let text):
      return text.isEmpty ? nil : try Self.identity(text, at: "metadata.\(name)")
    case .integer(let number): return String(number)
    case .bool, .other: throw .notAName(place: "metadata.\(name)")
    }
  }

  /// The one value of a header field; nil where it is absent.
  private func one(
    _ name: String, _ values: (String) -> [String]
  ) throws(CallerProblem) -> String? {
    let found = values(name)
    guard found.count <= 1 else { throw .headerTwice(name) }
    return found.first
  }

  private static func identity(
    _ text: String, at place: String
  ) throws(CallerProblem) -> String {
    guard text.utf8.count <= mostIdentityBytes else { throw .nameTooLong(place: place) }
    guard isName(text) else { throw .notAName(place: place) }
    return text
  }

  /// One line of text that is short enough to be counted by.
  package static func isName(_ text: String) -> Bool {
    text.utf8.count <= mostIdentityBytes
      && text.unicodeScalars.allSatisfy { $0.value >= 0x20 && !(0x7F...0x9F).contains($0.value) }
  }
}
