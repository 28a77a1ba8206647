package import JSONReading
package import PolicyGraph
package import RoutingCatalog

/// Where a question is looked for: among those that were asked in everything else the same.
///
/// SHA-256 over all that is in a ``CacheKey`` but the live question, its language, and the encoder
/// with the places it is called at. So a similar answer is one to the same system text, tools, format,
/// parameters, history and facts, of the same caller's scope, by the same route and arm.
package struct SimilarPlace: Hashable, Sendable {
  /// The live question, as it was written.
  package let question: String
  package let digest: CacheDigest

  /// A longer question is neither looked up nor kept, in bytes: an encoder reads the beginning of a
  /// long text and is silent about the rest.
  package static let longestQuestion = 2_000

  /// Whether a question may be one: what is not need not be read.
  package static func holds(_ question: String) -> Bool {
    question.utf8.count <= longestQuestion
      && question.contains(where: { $0.isLetter || $0.isNumber })
  }

  /// Nil where similarity says nothing: a live question that is no plain text, is empty or too long.
  ///
  /// O(bytes of the request).
  package init?(
    _ body: JSONText, _ input: borrowing RequestInput, in situation: CacheKey.Situation,
    encoder: SimilarEncoder, language: String
  ) {
    guard let live = LiveQuestion(of: body), Self.holds(live.text) else { return nil }
    var head = FramedBytes(reserving: 320)
    head.add("rung similar 1")
    head.add(situation, input)
    head.add(encoder.bytes)
    head.add(language)
    let left = HandingOver.keys(of: body) + [live.key]
    guard let bytes = body.canonicalBytes(after: head.bytes, leavingOut: left) else { return nil }
    question = live.text
    digest = CacheDigest(of: bytes)
  }
}

/// Who makes vectors: those of two encoders are never held against each other.
package struct SimilarEncoder: Hashable, Sendable {
  let bytes: [UInt8]

  /// By its name, and by every provider, address and model name it may be called at.
  ///
  /// `address` is where a provider is.
  package init(
    _ name: String, at deployments: [UpstreamDeployment] = [],
    address: (_ provider: String) -> String? = { _ in nil }
  ) {
    var bytes = FramedBytes()
    bytes.add(name)
    bytes.add(count: deployments.count)
    for deployment in deployments {
      bytes.add(deployment.provider)
      bytes.add(address(deployment.provider))
      bytes.add(deployment.region)
      bytes.add(deployment.upstream)
    }
    self.bytes = bytes.bytes
  }
}

/// A question with its vector: what is looked for, and what is kept.
package struct SimilarQuestion: Sendable {
  /// What its answer is kept under: the partition is the place and the length of the vector.
  let key: CacheKey
  package let text: String
  let vector: UnitVector

  package init(at place: SimilarPlace, _ vector: UnitVector) {
    var bytes = FramedBytes(reserving: 64)
    bytes.add("rung similar partition 1")
    bytes.add(place.digest)
    bytes.add(count: vector.dimension)
    key = CacheKey(
      partition: CachePartition(CacheDigest(of: bytes.bytes)),
      digest: CacheDigest(of: Array(place.question.utf8)))
    text = place.question
    self.vector = vector
  }

  /// Bytes it adds to its answer's row.
  var size: Int { text.utf8.count + 4 * vector.dimension + 128 }
}
