package import PolicyDiagnostics

/// What shall happen after a message, in this order.
package enum ServerEffect: Sendable {
  /// A message for the client, without its header.
  case send([UInt8])
  /// Something that takes a while, on values nothing changes any more: its result is handed to
  /// ``LanguageSession/finish(_:_:)``.
  case start(Work)
  /// Work whose result nobody wants now.
  case stop(WorkID)
  /// For people who look why an editor does not do what it should.
  case log(String)
  /// The end of the server.
  case exit(Int32)
}

/// Work that runs beside the messages.
package struct Work: Sendable {
  package let id: WorkID
  /// Begun only when nothing has stopped it for so long.
  package let delay: Duration?
  package let run: @Sendable () -> WorkResult
}

package enum WorkID: Hashable, Sendable {
  case request(RequestID)
  /// The lint rules over a policy as it was when its counter stood there.
  case lint(policy: String, generation: Int)
}

package enum WorkResult: Sendable {
  /// A result's JSON, and messages that go before it.
  case answered([UInt8], first: [[UInt8]])
  case refused(ResponseError)
  case linted([Diagnostic])
}
