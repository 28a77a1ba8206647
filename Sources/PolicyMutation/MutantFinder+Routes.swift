import PolicyDiagnostics
import PolicySource
import PolicySyntax

extension MutantFinder {
  mutating func add(_ line: RouteLine) {
    switch line {
    case .use(let use): add(use)
    case .split(let split):
      for arm in split.arms { add(arm.use) }
    case .cache(let cache): add(cache)
    case .batch(let size, let within, _):
      shift(size)
      shift(within)
    case .stick(let time, _): shift(time)
    case .stop(let stop): shift(stop.after)
    case .shadow(let share, let target, _):
      shift(share)
      add(target.options)
    case .shape(let shape): add(shape)
    case .refuse, .compress: break
    }
  }

  private mutating func add(_ shape: ShapeLine) {
    switch shape.kind {
    case .set(_, let value), .byDefault(_, let value): shift(value)
    case .system: break
    }
  }

  private mutating func add(_ use: Use) {
    add(use.target.options)
    let parts = [use.target.span] + use.fallbacks.map(\.span)
    for (index, fallback) in use.fallbacks.enumerated() {
      remove(.removedFallback, index + 1, of: parts)
      add(fallback.target.options)
    }
  }

  private mutating func add(_ cache: CacheLine) {
    shift(cache.lifetime)
    if case .similar(let threshold, _) = cache.kind { shift(threshold) }
    switch cache.scope {
    case .shared: break
    case .per(let owner):
      // From the word `per` on, which stands after the lifetime.
      let scope = Span(file: owner.span.file, start: cache.lifetime.span.end, end: owner.span.end)
      add(.widenedScope, at: owner.span, [Edit(scope, " shared")], after: "shared")
    case nil:
      let end = Span(file: cache.span.file, start: cache.span.end, end: cache.span.end)
      add(.widenedScope, at: cache.span, [Edit(end, " shared")], after: "shared")
    }
  }
}
