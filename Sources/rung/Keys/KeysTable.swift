import CallerKeys
import JSONWriting
import PolicyUnits
import RoutingCatalog

/// Keys by what they stand for.
enum KeysTable {
  static func lines(_ keys: [CallerKey], today: CalendarDate?) -> [String] {
    let rows = [["id", "tenant", "user", "facts", "last day"]] + keys.map { row($0, today) }
    let widths = (0..<4).map { column in rows.map { $0[column].count }.max() ?? 0 }
    return rows.map { row in
      let cells = zip(row, widths).map { cell, width in
        cell + String(repeating: " ", count: width - cell.count)
      }
      return (cells + row.dropFirst(4)).joined(separator: "  ")
    }
  }

  private static func row(_ key: CallerKey, _ today: CalendarDate?) -> [String] {
    let identity = key.identity
    let facts = key.facts.map { "\($0.name)=\($0.text)" }.joined(separator: " ")
    var end = key.expires?.text ?? "-"
    if let today, key.hasExpired(on: today) { end += " (expired)" }
    return [
      identity.id, identity.tenant ?? "-", identity.user ?? "-",
      identity.isAdmin ? (facts.isEmpty ? "admin" : "admin \(facts)") : facts.isEmpty ? "-" : facts,
      end,
    ]
  }

  /// `{"version":1,"keys":[{"id":…,"tenant":…,"user":…,"facts":{…},"admin":…,"expires":…,
  /// "expired":…}]}`.
  static func json(_ keys: [CallerKey], today: CalendarDate?) -> String {
    var json = JSONWriter()
    json.object { json in
      json.member("version", 1)
      json.array("keys") { json in
        for key in keys { write(key, today, to: &json) }
      }
    }
    return json.text
  }

  private static func write(_ key: CallerKey, _ today: CalendarDate?, to json: inout JSONWriter) {
    json.object { json in
      json.member("id", key.identity.id)
      json.member("tenant", orNull: key.identity.tenant)
      json.member("user", orNull: key.identity.user)
      json.object("facts") { json in
        for fact in key.facts { json.member(fact.name, fact.text) }
      }
      json.member("admin", key.identity.isAdmin)
      json.member("expires", orNull: key.expires?.text)
      json.member("expired", today.map { key.hasExpired(on: $0) } ?? false)
    }
  }
}
