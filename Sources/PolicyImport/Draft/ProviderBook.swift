import CatalogImport
import PolicyUnits
import RoutingCatalog

/// The providers of a catalog while models are read, each place and key once.
struct ProviderBook {
  private(set) var providers: [RouterDraft.ProviderDraft] = []
  private var words: Set<String> = []
  /// The variable that stands for a key that was written out, by that key.
  private var variables: [String: String] = [:]
  /// Variables the configuration names itself.
  private var named: Set<String>

  init(naming variables: Set<String> = []) { named = variables }

  /// The word of the provider at an address; a new one if this place, key and time are new.
  mutating func word(
    _ kind: String, url: String, keyVariable: String?, timeout: Milliseconds?
  ) -> String {
    var usage = RouterDraft.UsageWords()
    if let known = LiteLLMProviders.endpoint(of: kind), known.url == url {
      usage.cachedTokens = known.usage.cachedTokens?.rawValue
      usage.reasoningTokens = known.usage.reasoningTokens?.rawValue
    }
    if let same = providers.first(where: {
      $0.url == url && $0.keyVariable == keyVariable && $0.wholeTimeout == timeout
    }) {
      return same.word
    }
    let base = DraftNames.word(for: kind)
    var word = base
    var number = 2
    while !words.insert(word).inserted {
      word = "\(base)-\(number)"
      number += 1
    }
    providers.append(
      RouterDraft.ProviderDraft(
        word: word, url: url, keyVariable: keyVariable, wholeTimeout: timeout, usage: usage))
    return word
  }

  /// The variable a key goes into that was written out: the same for the same key, and for no other.
  mutating func variable(for key: String, wanted: String) -> String {
    if let known = variables[key] { return known }
    var name = wanted
    var number = 2
    while !named.insert(name).inserted {
      name = "\(wanted)_\(number)"
      number += 1
    }
    variables[key] = name
    return name
  }

  /// `MY_HOST_API_KEY` of any word.
  static func variable(of kind: String) -> String {
    var name = ""
    for byte in kind.utf8.prefix(40) {
      switch byte {
      case 0x41...0x5A, 0x30...0x39: name.unicodeScalars.append(Unicode.Scalar(byte))
      case 0x61...0x7A: name.unicodeScalars.append(Unicode.Scalar(byte - 0x20))
      default: if name.utf8.last != UInt8(ascii: "_"), !name.isEmpty { name += "_" }
      }
    }
    while name.utf8.last == UInt8(ascii: "_") { name.removeLast() }
    let full = name + "_API_KEY"
    return SecretLikeness.isVariableName(full) ? full : "PROVIDER_API_KEY"
  }
}
