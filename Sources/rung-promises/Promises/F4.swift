import Foundation

/// Keys are kept as digests and looked up by them; no text of a caller becomes SQL.
enum F4: Promise {
  static let name = "F4"
  static let text = "a thousand hostile keys open nothing, and no key stands on the disk"

  static func tried(_ trial: Trial) async throws -> Verdict {
    let keyed = try KeyedGround(trial, "f4")
    let hostile = Array(injections.prefix(trial.count(injections.count, atLeast: 50)))
    var findings: [String] = []
    for (index, text) in hostile.enumerated() {
      trial.progress.show("F4 key \(index + 1) of \(hostile.count)")
      // As it is, behind a good key, and before one.
      for key in [text, keyed.key + text, text + keyed.key] {
        let answer = try keyed.answer(
          "POST", "/v1/chat/completions", ["authorization: Bearer \(key)"], body: KeyedGround.chat)
        if answer.status != 401 { findings.append("`\(key)` is answered with \(answer.status)") }
      }
    }
    if try !keyed.ground.wall.newCalls().isEmpty {
      findings.append("a hostile key called somebody")
    }
    let good = try keyed.answer(
      "POST", "/v1/chat/completions", ["authorization: Bearer \(keyed.key)"], body: KeyedGround.chat
    )
    if good.status != 200 { findings.append("the good key is answered with \(good.status)") }
    keyed.gateway.stop()
    _ = keyed.gateway.ending(within: .seconds(30))
    let rows = try LedgerBook(at: keyed.gateway.ledger).rows
    if rows.count != 1 { findings.append("the ledger has \(rows.count) rows for one caller") }
    let places = try self.places(of: keyed.key, in: keyed.ground.place.folder)
    findings += places.map { "the key stands in \($0)" }
    return .of(
      findings,
      "\(hostile.count * 3) hostile keys refused, no call, no row; the good key served once, and in no "
        + "file of the gateway's")
  }

  /// Files with the key in them; the one it was told in by `rung key new` does not count.
  private static func places(of key: String, in folder: URL) throws -> [String] {
    let found = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)
    let wanted = Data(key.utf8)
    var places: [String] = []
    while let file = found?.nextObject() as? URL {
      guard file.lastPathComponent != "key.out", let bytes = try? Data(contentsOf: file) else {
        continue
      }
      if bytes.firstRange(of: wanted) != nil { places.append(file.lastPathComponent) }
    }
    return places
  }

  /// A thousand ways to say that a key is good, to a gateway that asks its database with the text.
  private static let injections: [String] = {
    let quotes = ["'", "\"", "`", "\\'", "%27", "')", "'))", "\")", "';", "*/'"]
    let tautologies = [
      " OR 1=1", " OR '1'='1", " OR TRUE", " OR 'x' LIKE '%", " OR 1=1 LIMIT 1",
      " OR id IS NOT NULL", " UNION SELECT * FROM request", " UNION SELECT 'caller','acme'",
      " UNION ALL SELECT NULL,NULL", " AND 1=0 UNION SELECT digest FROM keys",
      "; DROP TABLE request", "; DELETE FROM charge", "; UPDATE counter SET amount=0",
      "; ATTACH DATABASE '/tmp/x' AS x", "; PRAGMA writable_schema=1",
      "; INSERT INTO request DEFAULT VALUES", " OR pg_sleep(5)", " OR randomblob(100000000)",
      " OR load_extension('x')", " GROUP BY 1 HAVING 1=1",
    ]
    let ends = ["", "--", "-- -", "/*", ";"]
    return quotes.flatMap { quote in
      tautologies.flatMap { middle in ends.map { "rk-x\(quote)\(middle)\($0)" } }
    }
  }()
}
