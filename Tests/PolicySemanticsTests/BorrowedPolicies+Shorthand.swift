extension BorrowedPolicies {
  /// What is said once and meant twice, and figures as other languages write them.
  static let shorthand: KeyValuePairs = [
    "share of a budget as a fraction": #"""
    budget daily = $20 per day
    route a when daily.used > 0.8 { use qwen3-8b }
    """#,
    "time without a unit": #"""
    route a when vip { batch up to 50 within 200 use qwen3-8b }
    """#,
    "one value or another": #"""
    route a when plan = free or pro { use qwen3-8b }
    """#,
    "one task or another": #"""
    task chat when prompt mentions "chat"
    task code when prompt has code
    task rest otherwise
    route a when task = chat or code or rest { use qwen3-8b }
    """#,
    "a value that names a fact as well": #"""
    facts { rank : vip | plain = plain }
    route a when rank = plain or vip { use qwen3-8b }
    """#,
    "one word or another": #"""
    route a when prompt mentions "a" or "b" { use qwen3-8b }
    """#,
    "one word and others": #"""
    route a when prompt mentions "a" and "b" and "c" { use qwen3-8b }
    """#,
    "neither value": #"""
    route a when plan != free and pro { use qwen3-8b }
    """#,
    "two bounds": #"""
    route a when prompt.tokens > 8k and < 16k { use qwen3-8b }
    """#,
    "two operators": #"""
    route a when prompt mentions "a" or contains "b" { use qwen3-8b }
    """#,
    "in and not in": #"""
    route a when language in (de, en) and not in (fr, it) { use qwen3-8b }
    """#,
    "equal to a list": #"""
    route a when plan = (free, pro) { use qwen3-8b }
    """#,
    "not equal to a list": #"""
    route a when language != (de, en) { use qwen3-8b }
    """#,
    "slash min": #"""
    limit l = 60/min per key
    """#,
    "per minute": #"""
    limit l = 60 per minute
    """#,
    "quoted until": #"""
    @allow(shadowed_route, reason: "x", until: "2027-01-31")
    route a when vip { use qwen3-8b }
    """#,
    "quoted date": #"""
    zone "UTC"
    route a when date >= "2027-01-31" { use qwen3-8b }
    """#,
    "for equals": #"""
    route a when vip { cache exact for=60s use qwen3-8b }
    """#,
    "dots": #"""
    zone "UTC"
    route a when hour in 9..17 { use qwen3-8b }
    """#,
    "half open dots, negated": #"""
    zone "UTC"
    route a when hour not in 9..<17 { use qwen3-8b }
    """#,
    "range of python": #"""
    zone "UTC"
    route a when not hour in range(9, 17) { use qwen3-8b }
    """#,
    "weekday by number": #"""
    zone "UTC"
    route a when weekday = 6 { use qwen3-8b }
    """#,
    "yes": #"""
    route a when vip = yes { use qwen3-8b }
    """#,
    "decimal comma": #"""
    budget d = $0,50 per day
    """#,
    "decimal comma behind thousands": #"""
    budget d = $1.000,50 per day
    """#,
    "bare cents": #"""
    budget d = $.5 per day
    """#,
    "text of a shell": #"""
    route a when vip { refuse <<EOF
    no
    EOF
    }
    """#,
    "text with a prefix": #"""
    route a when vip { refuse f"no {plan}" }
    """#,
    "colon and use": #"""
    route a when vip: use qwen3-8b
    """#,
    "comma before fallback": #"""
    route a when vip { use qwen3-8b, fallback deepseek-reasoner }
    """#,
    "thousandths behind a comma": #"""
    budget d = $0,005 per day
    """#,
    "a fraction of tokens": #"""
    route a when prompt.tokens > 0,500 { use qwen3-8b }
    """#,
    "not between": #"""
    facts { n : count = 0 }
    route a when not n between 3 and 9 { use qwen3-8b }
    """#,
    "not behind and between": #"""
    facts { n : count = 0 }
    route a when n not between 3 and 9 { use qwen3-8b }
    """#,
    "not of a chain": #"""
    facts { n : count = 0 }
    route a when not 3 < n < 9 { use qwen3-8b }
    """#,
    "not of two bounds": #"""
    facts { n : count = 0 }
    route a when not n > 3 and < 9 { use qwen3-8b }
    """#,
    "not of a chain behind its field": #"""
    facts { n : count = 0 }
    route a when not n > 3 < 9 { use qwen3-8b }
    """#,
    "not of two words": #"""
    route a when question not mentions "refund" and "urgent" { use qwen3-8b }
    """#,
    "a text not in another": #"""
    facts { topic : text = "" }
    route a when "topic" not in prompt { use qwen3-8b }
    """#,
    "the opposite of a word": #"""
    route a when unhealthy(qwen3-8b) and nostream { use qwen3-8b }
    """#,
    "backward hours": #"""
    zone "UTC"
    route a when hour in 22..6 { use qwen3-8b }
    """#,
    "a backward range": #"""
    facts { n : count = 0 }
    route a when n between 9 and 3 { use qwen3-8b }
    """#,
    "range of days": #"""
    zone "UTC"
    route a when weekday in monday..friday { use qwen3-8b }
    """#,
    "range of shares": #"""
    budget daily = $20 per day
    route a when daily.used in 50%..80% { use qwen3-8b }
    """#,
    "date with slashes": #"""
    zone "UTC"
    route a when date = 2026/12/25 { use qwen3-8b }
    """#,
    "in one or another": #"""
    facts { size : s | m | l = s }
    route a when size in s or m { use qwen3-8b }
    """#,
    "mixed with one or another": #"""
    route a when vip and plan = free or pro { use qwen3-8b }
    """#,
    "a budget of requests": #"""
    budget d = 60 requests per day
    """#,
    "a limit of money": #"""
    limit d = $5 per day
    """#,
    "similar above": #"""
    route a when vip { cache similar > 0.92 by minilm for 1h per user use qwen3-8b }
    """#,
    "the other outcome": #"""
    ladder l { tier qwen3-8b on filtered stop }
    """#,
    "not equal to a list, negated": #"""
    route a when not language = (de, en) { use qwen3-8b }
    """#,
    "dots behind an amount": #"""
    budget d = $5.. per day
    """#,
    "a path between single quotes": #"""
    route a when prompt contains 'C:\temp' { use qwen3-8b }
    """#,
    "a share that is no whole number": #"""
    route a { shadow 25.5 to qwen3-32b use qwen3-8b }
    """#,
    "an amount nobody has": #"""
    budget d = $10000000000 per day
    """#,
  ]
}
