package import PolicyDiagnostics

/// The offline page of every code of a keys file.
package enum KeysPages {
  package static let all: [DiagnosticPage] = shape + values + policy

  private static let digest =
    "hmac-sha256:9b3f6c1de07a5842" + "9b3f6c1de07a5842" + "9b3f6c1de07a5842" + "9b3f6c1de07a5842"

  private static let otherDigest =
    "hmac-sha256:1b3f6c1de07a5842" + "9b3f6c1de07a5842" + "9b3f6c1de07a5842" + "9b3f6c1de07a5842"

  /// A small sound file, with one part exchanged.
  private static func sample(_ id: String = "search-prod", _ fields: String = "") -> String {
    "keys:\n  \(id):\n    digest: \(digest)\n" + (fields.isEmpty ? "" : "    \(fields)\n")
  }

  private static func page(
    _ code: DiagnosticCode, _ severity: Severity = .error, finds: String, why: String,
    wrong: String?, instead: String? = sample(), fix: String? = nil
  ) -> DiagnosticPage {
    DiagnosticPage(
      code, severity, language: .keys, finds: finds, why: why, wrong: wrong,
      instead: wrong == nil ? nil : instead,
      fix: fix ?? "There is no automatic fix: who may ask is for a person to say.")
  }

  private static let nearName =
    "The fix-it writes the nearest name there is; look at it before you take it."

  private static let shape: [DiagnosticPage] = [
    page(
      .keysWrongShape, finds: "A list where a mapping stands, or the reverse.",
      why: "A key's id is its name in policies and in the ledger: entries stand under their ids.",
      wrong: "keys: [search-prod]\n"),
    page(
      .keysUnknownEntry, finds: "An entry that a keys file does not have.",
      why: "A misspelt `expires` that is ignored is a key that works for ever.",
      wrong: sample("search-prod", "expire: 2027-01-31"),
      instead: sample("search-prod", "expires: 2027-01-31"), fix: nearName),
    page(
      .keysMissingDigest, finds: "A key without a digest.",
      why: "Nobody could be told by it. `rung key new` makes a key and writes its digest.",
      wrong: "keys:\n  search-prod:\n    tenant: acme\n"),
    page(
      .keysNone, .warning, finds: "A keys file without a key.",
      why: "A gateway that asks for keys and knows none turns every caller away.",
      wrong: "keys: {}\n",
      fix:
        "There is none: `rung key new --id NAME` makes a key and writes its digest into the file."),
    page(
      .keysNotYet, finds: "A budget or limit on a key.",
      why: "This version counts what the policy declares: a figure in another file would bind "
        + "nobody, and would not be in the record a decision is made again from.",
      wrong: sample("search-prod", "budgets: {tenant_daily: $5}"),
      fix: "There is none: declare a budget `per key … when key = \"search-prod\"` in the policy."),
  ]

  private static let values: [DiagnosticPage] = [
    page(
      .keysBadValue, finds: "A value that its entry does not take.",
      why: "A digest is read whole or not at all, a date is a day, and `admin` is true or false.",
      wrong: sample("search-prod", "admin: maybe"),
      instead: sample("search-prod", "admin: true"), fix: nearName),
    page(
      .keysBadID, finds: "An id that could not be written everywhere an id is shown.",
      why: "Ids stand in policies, logs, the ledger and on command lines.",
      wrong: sample("\"search prod\"")),
    page(
      .keysPlainKey, finds: "A key, or something that looks like one, in the file.",
      why: "Keys files are reviewed, copied and kept. They hold digests under a secret that is "
        + "elsewhere; a key that was written here is spent, because whoever has seen the file has "
        + "it.",
      wrong: "keys:\n  search-prod:\n    key: hunter2\n"),
    page(
      .keysDuplicate, finds: "The same digest twice.",
      why: "One key would be two callers, and which of them counts would depend on the reader.",
      wrong: sample() + "  batch:\n    digest: \(digest)\n"),
    page(
      .keysTenantOfAnother,
      finds: "A key that stands for a tenant whose name is the id of a key without a tenant.",
      why:
        "A key without a tenant is its own, by its id: the two would share budgets and cached answers "
        + "although nobody said that they belong together.",
      wrong: sample() + "  batch:\n    digest: \(otherDigest)\n    tenant: search-prod\n",
      instead: sample("search-prod", "tenant: search-prod")
        + "  batch:\n    digest: \(otherDigest)\n"
        + "    tenant: search-prod\n"),
    page(
      .keysOtherSecret, finds: "Digests that were made under another secret.",
      why: "Every key would be unknown, and each caller would be told that its key is wrong.",
      wrong: nil,
      fix: "There is none: set RUNG_KEY_SECRET to the secret the keys were made under."),
    page(
      .keysExpired, .warning, finds: "A key whose last day is over.",
      why: "It opens nothing any more; its entry only makes the file longer.",
      wrong: sample("search-prod", "expires: 2020-01-31"),
      instead: sample("search-prod", "expires: 2999-01-31"),
      fix: "There is none: `rung key revoke` takes the entry out."),
  ]

  private static let policy: [DiagnosticPage] = [
    page(
      .keysUnknownFact, finds: "A fact on a key that the policy does not declare.",
      why: "A condition that should read it reads something else, or its default.",
      wrong: nil, fix: nearName),
    page(
      .keysFactElsewhere, finds: "A fact on a key that the policy reads from the request.",
      why: "The caller would choose what its key was to say. Only `from key` is beyond its reach.",
      wrong: nil, fix: "There is none: declare the fact `from key`, or take it off the key."),
    page(
      .keysBadFact, finds: "A fact on a key with a value outside its type.",
      why: "Every request with this key would be refused.",
      wrong: nil, fix: nearName),
    page(
      .keysMissingFact, finds: "A key without a fact the policy requires from every key.",
      why: "Every request with this key would be refused. Admin keys are excused: they need none "
        + "for the admin routes.",
      wrong: nil, fix: "There is none: only its author knows what the key stands for."),
  ]
}
