import PolicySource
import PolicyUnits
import RoutingLedger
import Testing

@testable import LedgerExchange

@Suite struct `LiteLLM's spend logs` {
  /// As `/spend/logs` gives a row.
  static let row = """
    {"request_id":"chatcmpl-1","call_type":"acompletion","api_key":"88dc28d0f030c55e","spend":\
    0.00028500000000000004,"total_tokens":150,"prompt_tokens":100,"completion_tokens":50,\
    "startTime":"2026-11-20T10:00:00.250000+00:00","endTime":"2026-11-20T10:00:01.500Z",\
    "completionStartTime":"2026-11-20T10:00:00.650Z","model":"gpt-4o","model_group":"smart",\
    "custom_llm_provider":"openai","user":"owner","end_user":"sam","team_id":"support",\
    "session_id":"s-9","cache_hit":"False","request_tags":["a"],"status":"success",\
    "metadata":{"user_api_key_alias":"web","usage_object":{"prompt_tokens_details":\
    {"cached_tokens":40},"completion_tokens_details":{"reasoning_tokens":10}}}}
    """

  @Test func `a row keeps who asked, what it took and what it cost`() throws {
    let whole = try WholeImport("[\(Self.row)]")
    #expect(whole.kind == .liteLLMSpend)
    #expect(whole.problems == [])
    let row = try #require(whole.rows.first)
    #expect(row.notes == [])
    let entry = row.entry
    #expect(ISOTime.text(entry.time) == "2026-11-20T10:00:00.250Z")
    #expect(
      entry.caller
        == LedgerEntry.Caller(tenant: "support", user: "sam", key: "web", conversation: "s-9"))
    #expect(entry.modelAsked == "smart")
    #expect(entry.modelServed == "gpt-4o")
    #expect(entry.status == .answered)
    #expect(entry.cost == .exact(Money(nanos: 285_000)))
    #expect(entry.elapsed == Milliseconds(1250))
    #expect(entry.firstByte == Milliseconds(400))
    #expect(entry.charges.isEmpty)
    let attempt = try #require(entry.attempts.first)
    #expect(attempt.provider == "openai")
    #expect(
      attempt.tokens == TokenEntry(input: 100, cachedInput: 40, output: 50, reasoning: 10))
  }

  @Test func `a page of the interface and the database's CSV give the same rows`() throws {
    let one = try WholeImport(Self.row).rows.first
    let page = try WholeImport("{\"data\":[\(Self.row)],\"total\":1,\"page\":1}").rows.first
    #expect(page?.entry == one?.entry)
    let csv = """
      request_id,call_type,api_key,spend,total_tokens,prompt_tokens,completion_tokens,startTime,\
      endTime,completionStartTime,model,model_group,custom_llm_provider,user,end_user,team_id,\
      session_id,cache_hit,request_tags,status,metadata
      chatcmpl-1,acompletion,88dc28d0f030c55e,0.00028500000000000004,150,100,50,\
      2026-11-20 10:00:00.25,2026-11-20 10:00:01.5,2026-11-20 10:00:00.65,gpt-4o,smart,openai,\
      owner,sam,support,s-9,False,"[""a""]",success,"{""user_api_key_alias"": ""web"", \
      ""usage_object"": {""prompt_tokens_details"": {""cached_tokens"": 40}, \
      ""completion_tokens_details"": {""reasoning_tokens"": 10}}}"

      """
    let table = try WholeImport(csv)
    #expect(table.problems == [])
    #expect(table.rows.first?.entry == one?.entry)
  }

  /// A minimal row with some values in place of its own.
  private static func row(_ values: [String: String]) -> String {
    var members = [
      "request_id": "\"r\"", "startTime": "\"2026-11-20T10:00:00Z\"", "spend": "0.5",
      "prompt_tokens": "10", "completion_tokens": "5", "model": "\"m\"",
    ]
    members.merge(values) { $1 }
    let text = members.sorted { $0.key < $1.key }.map { "\"\($0.key)\":\($0.value)" }
    return "{\(text.joined(separator: ","))}"
  }

  @Test func `a zero is unknown unless it is a cache hit or trusted`() throws {
    let zero = Self.row(["spend": "0.0"])
    let unknown = try #require(try WholeImport(zero).rows.first)
    #expect(unknown.entry.cost == .unknown)
    #expect(unknown.notes == [.zeroIsUnknown])
    let hit = try #require(
      try WholeImport(Self.row(["spend": "0", "cache_hit": "\"True\""])).rows.first)
    #expect(hit.entry.cost == .exact(.zero))
    #expect(hit.entry.savings.cache == "exact")
    #expect(hit.entry.attempts.isEmpty)
    var options = ImportOptions()
    options.trustsZero = true
    #expect(try WholeImport(zero, options: options).rows.first?.entry.cost == .exact(.zero))
  }

  @Test func `a failure keeps its reason`() throws {
    let failed = try WholeImport(
      Self.row([
        "status": "\"failure\"",
        "metadata":
          "{\"error_information\":{\"error_class\":\"RateLimitError\",\"error_code\":\"429\"}}",
      ]))
    let entry = try #require(failed.rows.first?.entry)
    #expect(entry.status == .failed)
    #expect(entry.reason == "RateLimitError")
    #expect(entry.modelServed == nil)
    #expect(entry.attempts.first?.httpStatus == 429)
    #expect(entry.attempts.first?.verdict == "failed")
  }

  @Test func `a key itself is never kept nor shown`() throws {
    let key = "sk-1234567890abcdef1234567890"
    let row = try #require(try WholeImport(Self.row(["api_key": "\"\(key)\""])).rows.first)
    #expect(row.entry.caller.key == nil)
    #expect(row.notes == [.keyHidden])
    let wrong = try WholeImport(Self.row(["spend": "\"\(key)\""]))
    #expect(wrong.problems == ["1: `spend` is no amount: `…`"])
  }

  @Test func `a zero character is noted, for the ledger keeps another in its place`() throws {
    let row = try WholeImport(Self.row(["user": "\"a\\u0000b\""])).rows.first
    #expect(row?.notes == [.zeroCharacter])
  }

  static let refusals: [(values: [String: String], words: String)] = [
    (["spend": "0.0000000375"], "finer than a billionth"),
    (["spend": "-1"], "is negative"), (["spend": "1e12"], "is too large"),
    (["spend": "\"a\""], "is no amount"), (["prompt_tokens": "1.5"], "is no count"),
    (["prompt_tokens": "-1"], "is no count"), (["startTime": "\"soon\""], "is no time"),
    (["startTime": "null"], "is missing"), (["request_id": "null"], "is missing"),
    (["status": "\"odd\""], "is no status"), (["model": "{}"], "holds an object"),
  ]

  @Test(arguments: refusals)
  func `what cannot be read is refused with its reason`(
    values: [String: String], words: String
  ) throws {
    let whole = try WholeImport("\(Self.row([:]))\n\(Self.row(values))\n")
    #expect(whole.items.count == 2)
    #expect(whole.rows.count == 1)
    #expect(whole.problems.count == 1)
    #expect(whole.problems.first?.hasPrefix("2: ") == true)
    #expect(whole.problems.first?.contains(words) == true, "\(whole.problems)")
  }

  @Test func `an amount finer than a nano-dollar is an upper bound if asked for`() throws {
    var options = ImportOptions()
    options.roundsUp = true
    let row = try WholeImport(Self.row(["spend": "0.0000000375"]), options: options).rows.first
    #expect(row?.entry.cost == .atMost(Money(nanos: 38)))
    #expect(row?.notes == [.roundedUp])
  }

  @Test func `a name that comes twice is refused, and makes the same row in every file`() throws {
    let twice = try WholeImport("\(Self.row([:]))\n\(Self.row([:]))\n")
    #expect(twice.problems == ["2: `r` stands on line 1 already"])
    let other = try WholeImport(
      Array(Self.row([:]).utf8),
      source: ImportSource(name: "other", digest: StableHash.digest(of: Array("other".utf8))))
    #expect(other.rows.first?.entry.id == twice.rows.first?.entry.id)
  }
}
