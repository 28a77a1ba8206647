package import PolicyDiagnostics
import PolicySemantics
import PolicySource
import PolicySyntax

/// A cache that serves what is one caller's to another.
package enum SharedPersonalCache: LintRule {
  package static let page = DiagnosticPage(
    DiagnosticCode("shared_personal_cache"), .warning,
    finds: """
      A cache that is shared by all tenants on a route that asks for e-mail addresses, phone numbers, \
      card numbers or secrets; or one for similar questions that the users of a tenant share on such \
      a route, or that tenants, users or conversations share which the route tells by name.
      """,
    why: """
      A `similar` cache serves the answer to one person's question to another whose question reads \
      much the same, address and all. `shared` takes an answer out of the tenant it was made for, \
      however it is found. Facts are a part of every key, so a route that asks for a fact keeps \
      callers with other facts apart and draws no finding.
      """,
    wrong: LintSample.policy(
      """
      route accounts when question has email {
        cache similar >= 0.95 by minilm for 10m per tenant
        use   medium
      }
      """),
    instead: LintSample.policy(
      """
      route accounts when question has email {
        cache exact for 10m per user
        use   medium
      }
      """),
    fix: "Narrows the scope. Look at it: fewer answers come from the cache.")

  package static func check(_ subject: LintSubject, _ report: inout LintReport) {
    for cache in CachedRoute.all(in: subject) {
      guard let width = Width(cache.rule) else { continue }
      let reason = cache.wantedTests(in: subject.policy).lazy
        .compactMap { Reason($0, width, cache, subject.policy) }.first
      guard let reason else { continue }
      let scope = ScopeText(cache.line)
      report.add(
        reason.message, at: scope.span,
        notes: [Note("`\(cache.route.name)` asks for it here", at: reason.span)],
        fixIts: [FixIt("keep them apart", edits: [scope.edit(to: reason.scope)])])
    }
  }

  /// Who gets what one caller's request left behind.
  private enum Width {
    /// All tenants, if their requests are the same.
    case same
    /// All tenants, if their questions are similar.
    case similar
    /// All users of a tenant, if their questions are similar.
    case similarInTenant

    init?(_ rule: CacheRule) {
      switch (rule.scope, rule.kind) {
      case (.shared, .exact): self = .same
      case (.shared, .similar): self = .similar
      case (.per(.tenant), .similar), (.per(.key), .similar): self = .similarInTenant
      case (.per, _): return nil
      }
    }
  }

  /// Why a route's answers are not for everybody.
  private struct Reason {
    let message: String
    let span: Span
    /// The scope that keeps them apart.
    let scope: Identity

    init?(_ read: ReadTest, _ width: Width, _ cache: CachedRoute, _ policy: CheckedPolicy) {
      span = read.span
      switch read.test {
      case .text(let part, .has(let features)):
        let feature = features.first { feature in
          SharedPersonalCache.personal.contains(feature)
            && !cache.isLost(.text(part, .has([feature])), of: read, in: policy)
        }
        guard let feature else { return nil }
        let what = "answers to texts with \(SharedPersonalCache.words(for: feature))"
        switch width {
        case .same: message = "\(what) are shared by all tenants"
        case .similar: message = "\(what) are served to similar questions of all tenants"
        case .similarInTenant: message = "\(what) are served to similar questions of others"
        }
        scope = .user
      case .name(.identity(let identity), let names):
        // Of one tenant alone, nobody else comes to this route.
        guard case .similar = width, names.count > 1 else { return nil }
        message = "answers are served from one \(identity.rawValue) to another of these"
        scope = identity
      case .flag, .label, .number, .name, .text, .offersTool: return nil
      }
    }
  }

  private static let personal: Set<TextFeature> = [.email, .phone, .card, .secret]

  private static func words(for feature: TextFeature) -> String {
    switch feature {
    case .email: "e-mail addresses"
    case .phone: "phone numbers"
    case .card: "card numbers"
    case .secret: "secrets"
    case .code, .json, .table, .url, .numbers: feature.rawValue
    }
  }
}

/// The scope of a cache line as written.
private struct ScopeText {
  /// The scope, or the whole line where it says none.
  let span: Span
  private let place: Span
  private let before: String

  init(_ line: CacheLine) {
    switch line.scope {
    case .per(let name): (span, place, before) = (name.span, name.span, "")
    case .shared(let shared): (span, place, before) = (shared, shared, "per ")
    case nil:
      span = line.span
      place = Span(file: line.span.file, start: line.span.end, end: line.span.end)
      before = " per "
    }
  }

  func edit(to scope: Identity) -> Edit { Edit(place, before + scope.rawValue) }
}
