/// Status and headers of an answer.
package struct UpstreamHead: Hashable, Sendable {
  /// 200 to 999; interim answers are passed over.
  package let status: Int
  /// In the order they came; names in lower case.
  package let headers: [Field]

  package struct Field: Hashable, Sendable {
    package let name: String
    package let value: String

    package init(name: String, value: String) {
      self.name = name
      self.value = value
    }
  }

  package init(status: Int, headers: [Field]) {
    self.status = status
    self.headers = headers
  }

  /// The first value under this name, given in lower case.
  package subscript(name: String) -> String? { headers.first { $0.name == name }?.value }
}

/// An answer whose body is still coming.
package struct UpstreamResponse: Sendable {
  package let head: UpstreamHead
  package let body: UpstreamBody

  package var status: Int { head.status }
}

/// A whole answer.
package struct UpstreamAnswer: Sendable {
  package let head: UpstreamHead
  package let body: [UInt8]
  package let timing: UpstreamTiming

  package var status: Int { head.status }
}

/// How long the parts of a call took, from its start.
package struct UpstreamTiming: Hashable, Sendable {
  /// Until the connection stood, TLS included; about zero on a reused one.
  package let connect: Duration
  /// Until the first byte of the answer.
  package let firstByte: Duration
  /// Until the last byte of the answer.
  package let total: Duration
  /// Whether an open connection was used again.
  package let reused: Bool

  package init(connect: Duration, firstByte: Duration, total: Duration, reused: Bool) {
    self.connect = connect
    self.firstByte = firstByte
    self.total = total
    self.reused = reused
  }

  static let none = UpstreamTiming(connect: .zero, firstByte: .zero, total: .zero, reused: false)
}
