import PolicySource
import PolicyUnits
import YAMLReading

extension CatalogBuilder {
  mutating func readProviders(_ entry: YAMLEntry?) {
    guard let entry,
      let entries = entries(of: entry.value, "`providers`", at: entry.keySpan)
    else { return }
    providerNames = Set(entries.map(\.key))
    for entry in entries {
      guard let provider = provider(from: entry) else { continue }
      providers.append(provider)
      billing[provider.name] = provider.billsCancelled
    }
  }

  /// Stands for an address nobody has written down yet: models there are set aside.
  static let addressToCome = "fill_in"

  private mutating func provider(from entry: YAMLEntry) -> Provider? {
    checkName(entry.key, "a provider", at: entry.keySpan)
    if case .mapping(let entries) = entry.value.content { refuseSecretEntries(in: entries) }
    let keys = ["base_url", "key_env", "timeouts", "usage", "bills_cancelled"]
    guard
      let fields = fields(
        of: entry.value, "a provider", at: entry.keySpan, keys: keys,
        reported: SecretLikeness.keyNames)
    else { return nil }
    let isAddressed = fields["base_url"]?.value.scalar?.text != Self.addressToCome
    if !isAddressed { withoutAddress.insert(entry.key) }
    let url = isAddressed ? baseURL(required(fields, "base_url")) : nil
    let keyVariable = keyVariable(fields["key_env"])
    let timeouts = timeouts(fields["timeouts"])
    let usage = usage(fields["usage"])
    let bills = value(fields["bills_cancelled"], .choice(of: BillsCancelled.self))
    guard let url else { return nil }
    return Provider(
      name: entry.key, baseURL: url, keyVariable: keyVariable, timeouts: timeouts, usage: usage,
      billsCancelled: bills ?? .unknown)
  }

  private mutating func timeouts(_ entry: YAMLEntry?) -> ProviderTimeouts {
    guard let entry,
      let fields = fields(
        of: entry.value, "`timeouts`", at: entry.keySpan,
        keys: ["connect", "first_byte", "whole", "silence"])
    else { return ProviderTimeouts() }
    let timeouts = ProviderTimeouts(
      connect: value(fields["connect"], .duration),
      firstByte: value(fields["first_byte"], .duration),
      whole: value(fields["whole"], .duration), silence: value(fields["silence"], .duration))
    let inOrder: [(String, Milliseconds?)] = [
      ("connect", timeouts.connect), ("first_byte", timeouts.firstByte), ("whole", timeouts.whole),
    ]
    let given = inOrder.compactMap { name, time in time.map { (name: name, time: $0) } }
    for (shorter, longer) in zip(given, given.dropFirst()) where shorter.time > longer.time {
      problems.report(
        .catalogConflict, "`\(shorter.name)` is longer than `\(longer.name)`",
        at: fields[shorter.name]?.span ?? entry.keySpan,
        note: "each counts from the start of the call: the shorter one would always end it first")
    }
    return timeouts
  }

  private mutating func usage(_ entry: YAMLEntry?) -> UsageConventions {
    guard let entry,
      let fields = fields(
        of: entry.value, "`usage`", at: entry.keySpan,
        keys: ["cached_tokens", "reasoning_tokens"])
    else { return UsageConventions() }
    let form = ScalarForm.choice(of: UsageConventions.Inclusion.self)
    return UsageConventions(
      cachedTokens: value(fields["cached_tokens"], form),
      reasoningTokens: value(fields["reasoning_tokens"], form))
  }
}
