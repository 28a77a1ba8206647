/// Policies that together read every kind of field.
enum WitnessPolicies {
  static let header = """
    rung 1
    catalog "catalog.yaml"
    zone "UTC"
    facts {
      plan   : free | pro | enterprise = free
      beta   : bool = false
      seats  : count = 5
      origin : text = "web"
      team   : search | support required from key
      cohort : stable | fresh = stable from header "x-cohort"
    }
    classifier subject : law | code | other {
      reads question
      ask m "Which field?"
      on failure other
    }
    budget daily = $20 per tenant per day
    limit flow = 60 requests per key per minute
    points difficulty { 40 when prompt mentions ("why", "step by step")  30 when subject = law  30 when prompt.tokens >= 2k }
    condition angry = question mentions ("terrible", "worst") or prompt contains "!!!"
    task refunds when prompt mentions ("refund", "money back")
    task code when prompt has code or prompt mentions ("debug", "refactor")
    task chat otherwise
    guard inside when prompt has secret or prompt has card { only models where model.region = eu }

    """

  static let all: [String] = [fields, texts, sizes, state].map { header + $0 }

  private static let fields = """
    route a when plan = pro and beta and seats >= 100 { use m }
    route b when origin = "app" or cohort = fresh { use m }
    route c when team = support and tenant in ("acme", "globex") { use m }
    route d when tenant = "initech" and user != "bob" and key = "k1" { use m }
    route e when model != "auto" and max_tokens <= 500 { use m }
    route f when format = json and tools >= 2 and tools has "search" { use m }
    route g when images > 0 and stream and temperature > 0.5 { use m }
    route h when conversation = "c-1" or format = json_schema { use m }
    otherwise { use m }
    """

  private static let texts = """
    route a when task = refunds and angry { use m }
    route b when question starts with "Hello" and not question mentions ("refund") { use m }
    route c when system mentions ("assistant") and context contains "error:" { use m }
    route d when prompt matches /(?i)\\b(weather|today|right now|latest)\\b/ { use m }
    route e when question matches /^[A-Z]{2}-[0-9]{4}$/ { use m }
    route f when question has json and not prompt has numbers { use m }
    route g when prompt has email or prompt has phone { use m }
    route h when language = de { use m }
    route i when language != en and prompt has url { use m }
    route j when prompt has table and task = code { use m }
    route k when prompt has code and question mentions ("fix") { use m }
    otherwise { use m }
    """

  private static let sizes = """
    route a when prompt.tokens >= 8k { use m }
    route b when question.chars < 10 and prompt.tokens >= 1k { use m }
    route c when question.lines > 12 and question.chars < 500 { use m }
    route d when context.chars >= 500 and question.tokens <= 30 { use m }
    route e when turn >= 3 and messages >= 6 { use m }
    route f when system.tokens > 100 and prompt.chars = 777 { use m }
    route g when prompt.tokens = 57 { use m }
    route h when question.chars > 200 and question.tokens < 100 and task = refunds { use m }
    otherwise { use m }
    """

  private static let state = """
    route a when daily.used >= 80% and healthy(big) { use m }
    route b when daily.left < $1 { use m }
    route c when flow.used >= 30 { use m }
    route d when not healthy(m) and subject = code { use n }
    route e when difficulty >= 60 { use m }
    route f when weekday in (saturday, sunday) and hour >= 18 { use m }
    route g when date >= 2026-12-24 and date <= 2026-12-26 { use m }
    route h when date = 2027-01-31 and hour < 6 { use m }
    otherwise { use m }
    """
}
