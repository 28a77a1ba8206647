package import JSONReading
package import PolicyGraph

/// What an answer is kept under: everything that could make it another answer.
///
/// SHA-256 over the canonical request, the facts it comes with beside its body, its partition, and
/// the fingerprint of the route and arm that would answer it. Two requests have one key only if they
/// are the same request to the same effect; what cannot be shown to make no difference, does:
///
/// - **no difference**: the order of an object's members, white space outside strings, how a
///   character is escaped, and the members that only say how the answer is handed over (`stream`,
///   `stream_options` with nothing but its known members, `cache`);
/// - **a difference**: every other member, known or not, `user` and `metadata` too; the spelling of
///   a number; `null` and nothing; every character of every string.
package struct CacheKey: Hashable, Sendable {
  package let partition: CachePartition
  package let digest: CacheDigest

  /// What is beside the body.
  package struct Situation: Sendable {
    package var partition: CachePartition
    /// What route and arm would do.
    package var arm: CacheDigest
    /// What of it depends on the request, one bit each: tools that are dropped, lines that do not
    /// apply.
    package var variant: UInt64
    /// The caller's own part of the partition; nil if it names none.
    package var namespace: String?

    package init(
      partition: CachePartition, arm: CacheDigest, variant: UInt64 = 0, namespace: String? = nil
    ) {
      self.partition = partition
      self.arm = arm
      self.variant = variant
      self.namespace = namespace
    }
  }

  /// Nil if there is not enough memory to make it.
  ///
  /// O(bytes of the request).
  package init?(
    _ body: JSONText, _ input: borrowing RequestInput, in situation: Situation
  ) {
    var head = FramedBytes(reserving: 160)
    head.add("rung answer 1")
    head.add(situation, input)
    let left = HandingOver.keys(of: body)
    guard let bytes = body.canonicalBytes(after: head.bytes, leavingOut: left) else { return nil }
    partition = situation.partition
    digest = CacheDigest(of: bytes)
  }

  init(partition: CachePartition, digest: CacheDigest) {
    self.partition = partition
    self.digest = digest
  }

  /// One word of it is enough to spread keys.
  package func hash(into hasher: inout Hasher) { hasher.combine(digest) }
}

extension FramedBytes {
  /// All that is beside the body.
  mutating func add(_ situation: CacheKey.Situation, _ input: borrowing RequestInput) {
    add(situation.partition.digest)
    add(situation.arm)
    add(Int64(bitPattern: situation.variant))
    add(situation.namespace)
    add(count: input.headers.count)
    for (name, value) in input.headers.sorted(by: { $0.key < $1.key }) {
      add(name)
      add(value)
    }
    add(count: input.keyFacts.count)
    for (name, fact) in input.keyFacts.sorted(by: { $0.key < $1.key }) {
      add(name)
      add(fact)
    }
  }

  private mutating func add(_ fact: GivenFact) {
    switch fact {
    case .bool(let value):
      add(tag: 0)
      add(value)
    case .integer(let value):
      add(tag: 1)
      add(value)
    case .text(let value):
      add(tag: 2)
      add(value)
    case .other(let kind):
      add(tag: 3)
      add(kind)
    }
  }
}
