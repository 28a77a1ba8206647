import CallerKeys
import PolicyGraph
import PolicySource

/// Keys for a ground: one caller's, one admin's.
struct GroundKeys {
  let caller: String
  let admin: String
  let ring: KeyRing

  init(
    caller: String = "rk-7Qm2vT9xZ8bC3nL6pR0wE4yU1iO5aS7dF9gH2jK4lM6",
    admin: String = "rk-4Hs8kD1fG6hJ3kL9zX2cV5bN7mQ0wE8rT4yU6iO1pA3"
  ) throws {
    self.caller = caller
    self.admin = admin
    let secret = try KeySecret("the tests keep this secret: 0123456789 abcdef")
    let span = Span(file: SourceID(0), start: 0, end: 1)
    ring = KeyRing(
      [
        CallerKey(
          identity: CallerIdentity(id: "caller", tenant: "acme", facts: ["team": .text("search")]),
          digest: secret.digest(of: try Self.presented(caller)), span: span),
        CallerKey(
          identity: CallerIdentity(id: "ops", isAdmin: true),
          digest: secret.digest(of: try Self.presented(admin)), span: span),
      ], secret: secret)
  }

  struct NoKey: Error {}

  private static func presented(_ text: String) throws -> PresentedKey {
    guard let key = PresentedKey(text) else { throw NoKey() }
    return key
  }
}
