import PolicySemantics
import PolicySource
import PolicyUnits
import RoutingLedger
import Testing

@testable import LedgerExchange

@Suite struct `Files of other programs` {
  static let csv = """
    created,prompt,completion,model,usd,team,outcome
    2026-11-20T10:00:00Z,100,50,gpt-4o,0.01,support,200
    1795262400,10,5,qwen,,sales,timeout
    2026-11-20T10:00:02Z,10,,qwen,0.1,sales,ok
    2026-11-20T10:00:03Z,10,5,qwen,0.1,sales,what

    """

  private static func mapped(_ text: String) throws -> ImportOptions {
    var options = ImportOptions()
    options.kind = .mapped(try ColumnMapping(parsing: text))
    return options
  }

  @Test func `are read by a mapping of their columns`() throws {
    let options = try Self.mapped(
      "time=created,input_tokens=prompt,output_tokens=completion,model=model,cost=usd,tenant=team,"
        + "status=outcome")
    let whole = try WholeImport(Self.csv, options: options)
    #expect(
      whole.problems == [
        "4: `completion` is missing", "5: `outcome` is no status that is known: `what`",
      ])
    #expect(whole.rows.map(\.entry.status) == [.answered, .failed])
    #expect(whole.rows.map(\.entry.cost) == [.exact(Money(nanos: 10_000_000)), .unknown])
    #expect(whole.rows.map(\.entry.caller.tenant) == ["support", "sales"])
    #expect(whole.rows.first?.entry.attempts.first?.httpStatus == 200)
  }

  @Test func `a mapping leads into objects of JSON`() throws {
    let options = try Self.mapped(
      "time=at,input_tokens=usage.prompt,output_tokens=usage.completion,cost=cost")
    let whole = try WholeImport(
      #"[{"at":"2026-11-20","usage":{"prompt":7,"completion":3},"cost":1e-3}]"#, options: options)
    #expect(whole.rows.first?.entry.attempts.first?.tokens == TokenEntry(input: 7, output: 3))
    #expect(whole.rows.first?.entry.cost == .exact(Money(nanos: 1_000_000)))
  }

  static let refusals: [(text: String, words: String)] = [
    ("time", "is no pair"), ("tme=x", "no field is called `tme`"),
    ("time=a,time=b", "`time` is given twice"), ("cost=a", "it needs a column for time"),
    ("time=a", "it needs a column for cost"),
    ("time=a,input_tokens=b", "it needs a column for output_tokens"),
  ]

  @Test(arguments: refusals)
  func `a mapping that is none is refused`(text: String, words: String) {
    do throws(ColumnMapping.Refusal) {
      _ = try ColumnMapping(parsing: text)
      Issue.record("read `\(text)`")
    } catch {
      #expect(error.description.contains(words))
    }
  }

  @Test func `a column that is not there is named with its neighbour`() throws {
    let options = try Self.mapped("time=create,cost=usd")
    #expect(
      throws: ImportFailure.noColumn(
        "create", near: "created",
        columns: ["created", "prompt", "completion", "model", "usd", "team", "outcome"])
    ) { try WholeImport(Self.csv, options: options) }
  }

  @Test func `columns that look right are suggested`() throws {
    let text = "Timestamp,Prompt Tokens,completion_tokens,Model,Cost (USD),x\n"
    do throws(ImportFailure) {
      _ = try WholeImport(text)
      Issue.record("read it")
    } catch {
      #expect(
        error.description
          == "has the columns `Timestamp`, `Prompt Tokens`, `completion_tokens`, `Model`, "
          + "`Cost (USD)`, `x`; did you mean --columns 'time=Timestamp,input_tokens=Prompt Tokens,"
          + "output_tokens=completion_tokens,cost=Cost (USD),model=Model'?")
    }
  }

  static let failures: [(bytes: [UInt8], failure: ImportFailure)] = [
    ([], .empty), (Array("  ".utf8), .empty), ([0x1F, 0x8B, 8], .compressed),
    ([0xFF, 0xFE, 0x41, 0], .notText), ([0xEF, 0xBB, 0xBF], .empty),
    (Array("a;b;c\n1;2;3\n".utf8), .otherSeparator(";")), (Array("a,a\n".utf8), .columnTwice("a")),
    (Array("a,\"b\n".utf8), .badHeader(.openQuote(column: 2, line: 1, last: 2))),
  ]

  @Test(arguments: failures)
  func `what is no table is said so`(bytes: [UInt8], failure: ImportFailure) {
    #expect(throws: failure) { try WholeImport(bytes) }
    #expect(!failure.description.isEmpty)
  }

  @Test func `rows without a cost are priced from a catalog`() throws {
    let model = ModelEntry(
      name: "qwen3-8b", deployments: [Deployment(provider: "p")],
      prices: ModelPrices(
        input: Price(picosPerToken: 1_000_000), output: Price(picosPerToken: 2_000_000),
        cachedInput: Price(picosPerToken: 100_000)))
    let vocabulary = Vocabulary(models: [model], fingerprint: "f00d")
    var options = try Self.mapped("time=t,input_tokens=i,output_tokens=o,model=m,cost=c")
    options.pricing = RowPricing(vocabulary, upstreams: [["qwen"]], priceDates: [nil])
    let text = "t,i,o,m,c\n2026-11-20,100,50,qwen,\n2026-11-20,1,1,other,\n2026-11-20,1,1,qwen,7\n"
    let rows = try WholeImport(text, options: options).rows
    #expect(rows.map(\.notes) == [[.priced], [.unpriced], []])
    #expect(
      rows.map(\.entry.cost) == [
        .atMost(Money(nanos: 200_000)), .unknown, .exact(Money(nanos: 7_000_000_000)),
      ])
    #expect(rows.map(\.entry.fingerprints.catalog) == ["f00d", nil, nil])
    #expect(rows.map { $0.entry.attempts.first?.model } == ["qwen3-8b", nil, "qwen3-8b"])
    options.kind = .mapped(
      try ColumnMapping(
        parsing: "time=t,input_tokens=i,output_tokens=o,cached_input_tokens=k,model=m"))
    let parts = "t,i,o,k,m\n2026-11-20,100,50,60,qwen3-8b\n"
    #expect(
      try WholeImport(parts, options: options).rows.map(\.entry.cost) == [
        .exact(Money(nanos: 146_000))
      ])
  }
}
