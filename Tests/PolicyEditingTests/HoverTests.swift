import PolicySource
import Testing

@testable import PolicyEditing

@Suite struct `Hovering` {
  static let head = """
    rung 1
    catalog "catalog.yaml"
    facts { kind : faq | chat = chat }
    ## Kept only if it is an answer.
    gate solid = not refusal

    """

  @Test func `a name shows its declaration as written and the comment above it`() throws {
    let policy = try MarkedPolicy(
      Self.head + "ladder l {\n  tier small accept so⌶lid\n  tier large\n}\notherwise { use l }\n")
    let text = try #require(policy.hover)
    #expect(
      text == """
        ```rung
        gate solid = not refusal
        ```

        Kept only if it is an answer.
        """)
  }

  @Test func `a model shows its prices, with the cache's and the batch's`() throws {
    let policy = try MarkedPolicy(Self.head + "otherwise { use sma⌶ll }\n")
    let text = try #require(policy.hover)
    #expect(
      text == """
        **small**, a model of the catalog

        `house` in eu · window 32,000 tokens · at most 4,000 out · tags: cheap

        | USD per 1M tokens | |
        |---|---:|
        | input | 0.1 |
        | output | 0.2 |
        | cached_input | 0.05 |
        | batch input | 0.05 |
        | batch output | 0.1 |
        """)
  }

  @Test func `a model without prices is said to be unknown, not free`() throws {
    let policy = try MarkedPolicy(Self.head + "otherwise { use unpri⌶ced }\n")
    let text = try #require(policy.hover)
    #expect(text.hasSuffix("No price is known: what it costs is unknown, never zero."))
  }

  @Test(arguments: [
    ("route a when prompt.to⌶kens > 4k { use small }", "`prompt.tokens`: a count of tokens"),
    ("gate g = len⌶gth >= 20 chars", "`length`: a length in `tokens`, `chars`, `bytes` or `lines`"),
    ("ladder l(max_bud⌶get = $0.05) { tier small }", "`max_budget`: money, such as `$0.05`"),
    (
      "guard g { only models where model.output_⌶price <= $1 per 1M tokens }",
      "`model.output_price`: a price, such as `$1 per 1M tokens`"
    ),
    (
      "test \"t\" { request { kind = faq } expect { worst_⌶cost <= $1 } }",
      "`worst_cost`: money, such as `$0.05`"
    ),
  ])
  func `a field shows its type and its unit`(line: String, wanted: String) throws {
    let policy = try MarkedPolicy(Self.head + line + "\notherwise { use small }\n")
    let text = try #require(policy.hover)
    #expect(text.hasPrefix(wanted), "\(text)")
  }

  @Test func `a route shows what it takes, what it costs at worst and which tests show it`() throws
  {
    let policy = try MarkedPolicy(
      Self.head + """
        route first when kind = faq and stream { use small }
        route se⌶cond when kind = faq { use large max_output 100 tokens }
        route never when kind = faq and tools > 1 { use small }
        otherwise { use small }
        test "a question" { request { kind = faq } expect { route = second } }

        """)
    #expect(policy.errors.isEmpty, "\(policy.errors)")
    let text = try #require(policy.hover)
    #expect(
      text == """
        ```rung
        route second when kind = faq { use large max_output 100 tokens }
        ```

        Takes requests where `kind = faq`, but for those that `first` above takes.

        At most $0.00898 for 4,000 characters.

        Shown by one test: "a question".
        """)
    let never = policy.snapshot.explain(route: "never") ?? ""
    #expect(never.contains("**No request reaches it**"), "\(never)")
    #expect(never.contains("No test shows it."))
    let otherwise = policy.snapshot.explain(route: "otherwise") ?? ""
    #expect(otherwise.contains("Takes every request that no route above takes."), "\(otherwise)")
    let missing = policy.snapshot.explain(route: "nobody")
    #expect(missing == nil)
  }

  @Test func `a rule of an @allow shows what it finds`() throws {
    let policy = try MarkedPolicy(
      Self.head + "@allow(shadow⌶ed_route, reason: \"x\")\nroute a when stream { use small }\n"
        + "otherwise { use small }\n")
    let text = try #require(policy.hover)
    #expect(text.hasPrefix("`shadowed_route`\n\n"))
  }

  @Test func `there is nothing to say of blanks and of texts`() throws {
    let policy = try MarkedPolicy(Self.head + "otherwise { ⌶  use small }\n")
    #expect(policy.hover == nil)
    let text = try MarkedPolicy(Self.head + "otherwise { refuse \"sm⌶all\" }\n")
    #expect(text.hover == nil)
  }
}
