import CallerKeys
import HTTPUpstream
import JSONReading
import RoutingLedger
import RoutingTestSupport
import StandInProvider
import Testing

/// Keys are looked up by their digest; no text of a caller becomes SQL (F4).
@Suite(.serialized) struct `Hostile keys` {
  /// A thousand ways to say that a key is good, to a gateway that asks its database with the text.
  static let injections: [String] = {
    let quotes = ["'", "\"", "`", "\\'", "%27", "')", "'))", "\")", "';", "*/'"]
    let tautologies = [
      " OR 1=1", " OR '1'='1", " OR TRUE", " OR 'x' LIKE '%", " OR 1=1 LIMIT 1",
      " OR id IS NOT NULL",
      " UNION SELECT * FROM request", " UNION SELECT 'caller','acme'",
      " UNION ALL SELECT NULL,NULL",
      " AND 1=0 UNION SELECT digest FROM keys", "; DROP TABLE request", "; DELETE FROM charge",
      "; UPDATE counter SET amount=0", "; ATTACH DATABASE '/tmp/x' AS x",
      "; PRAGMA writable_schema=1",
      "; INSERT INTO request DEFAULT VALUES", " OR pg_sleep(5)", " OR randomblob(100000000)",
      " OR load_extension('x')", " GROUP BY 1 HAVING 1=1",
    ]
    let ends = ["", "--", "-- -", "/*", ";"]
    return quotes.flatMap { quote in
      tautologies.flatMap { middle in ends.map { "rk-x\(quote)\(middle)\($0)" } }
    }
  }()

  private static func strange() throws -> [String] {
    guard let bytes = try SharedData.bytes(of: "blns.json", for: "hostile keys") else { return [] }
    return try JSONText(bytes).root.elements.compactMap(\.string)
  }

  @Test func `open nothing`() throws {
    let keys = try GroundKeys()
    let all = try Self.injections + Self.strange()
    #expect(Self.injections.count == 1000)
    for text in all {
      guard let key = PresentedKey(text) else { continue }
      #expect(throws: KeyRefusal.unknown) { try keys.ring.caller(presenting: key, at: 0) }
      // Neither does a good key with something behind or before it.
      for changed in [keys.caller + text, text + keys.caller] {
        guard let key = PresentedKey(changed) else { continue }
        #expect(throws: KeyRefusal.unknown) { try keys.ring.caller(presenting: key, at: 0) }
      }
    }
    SharedData.say("\(all.count) hostile keys held against the ring")
  }

  @Test func `are refused over HTTP, and leave no row`() async throws {
    let keys = try GroundKeys()
    let all =
      try Self.injections
      + Self.strange().filter { text in
        !text.isEmpty && text.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value != 0x7F }
      }
    try await GatewayGround.with("otherwise { use cheap }", keys: keys.ring) { ground in
      for text in all {
        let answer = try await ground.send(
          body: GatewayGround.chat("hi"), headers: [("x-api-key", text)])
        #expect(answer.status == 401, "\(text.debugDescription)")
      }
      #expect(ground.standIn.stats.requests == 0)
      let good = try await ground.send(
        body: GatewayGround.chat("hi"), headers: [("x-api-key", keys.caller)])
      #expect(good.status == 200)
      #expect(try LedgerReader(path: ground.ledgerPath).last(10).count == 1)
    }
    SharedData.say("\(all.count) hostile keys sent, each refused")
  }

  @Test func `are names like others where a caller gives them as its user`() async throws {
    let names = stride(from: 0, to: 1000, by: 20).map { Self.injections[$0] }
    let policy = """
      limit each = 100 requests per user per minute
      otherwise { use cheap }
      """
    try await GatewayGround.with(policy) { ground in
      for name in names {
        let answer = try await ground.send(
          body: GatewayGround.chat("hi"), headers: [("x-rung-user", name)])
        #expect(answer.status == 200, "\(String(decoding: answer.body, as: UTF8.self))")
      }
      let rows = try LedgerReader(path: ground.ledgerPath).last(1000)
      #expect(rows.count == names.count)
      #expect(rows.map(\.entry.caller.user) == names)
    }
  }
}
