/// The looks of the book, behind those all pages share.
enum BookStyle {
  static let text = """

    :root { --keyword: #8250df; --text: #0a3069; --figure: #0550ae; --name: #953800;
      --type: #116329; --sheet-code: #f6f8fa; }
    @media (prefers-color-scheme: dark) { :root { --keyword: #d2a8ff; --text: #a5d6ff;
      --figure: #79c0ff; --name: #ffa657; --type: #7ee787; --sheet-code: #161b22; } }
    html { scroll-padding-top: 64px; }
    body { line-height: 1.6; font-size: 16px; }
    .skip { position: absolute; left: -999px; } .skip:focus { left: 8px; top: 8px; }
    header.top { position: sticky; top: 0; z-index: 2; display: flex; gap: 16px; padding: 8px 20px;
      align-items: center; background: var(--sheet); }
    .home { font-weight: 700; color: var(--ink); }
    .menu { display: none; margin: 0; padding: 0; border: 0; }
    .search { position: relative; margin-left: auto; width: min(360px, 60vw); }
    .search input { width: 100%; font: inherit; font-size: 14px; padding: 5px 10px;
      color: var(--ink); background: var(--side); border: 1px solid var(--rule);
      border-radius: 6px; }
    #found { position: absolute; right: 0; width: min(560px, 92vw); max-height: 75vh; margin: 4px 0 0;
      padding: 6px; overflow-y: auto; list-style: none; background: var(--sheet);
      border: 1px solid var(--rule); border-radius: 6px; box-shadow: 0 8px 24px #0003; }
    #found a { display: block; padding: 6px 10px; border-radius: 4px; color: var(--ink); }
    #found a:hover, #found a:focus, #found .first a { background: var(--side);
      text-decoration: none; }
    #found small { display: block; color: var(--faint); overflow-wrap: anywhere; }
    #found mark { color: inherit; background: var(--mark); }
    .sheet { display: grid; grid-template-columns: 230px minmax(0, 800px) 200px;
      max-width: 1320px; margin: 0 auto; gap: 24px; }
    .side, .places { position: sticky; top: 52px; align-self: start; max-height: calc(100vh - 52px);
      overflow-y: auto; padding: 20px 0 40px 20px; font-size: 14px; }
    .side h2, .places h2, .menu h2 { font-size: 12px; color: var(--faint); margin: 14px 0 4px;
      text-transform: uppercase; letter-spacing: .04em; }
    .side ul, .places ul, .menu ul { list-style: none; margin: 0; padding: 0; }
    .side a, .places a, .menu nav a { display: block; padding: 3px 8px; color: var(--ink);
      border-radius: 4px; }
    [aria-current] { background: var(--side); font-weight: 600; }
    main h1 { font-size: 28px; line-height: 1.25; margin: 8px 0 16px; }
    main h1 code { font-size: .85em; background: none; padding: 0; }
    main h2 { font-size: 21px; margin: 36px 0 10px; padding-top: 8px;
      border-top: 1px solid var(--rule); }
    main h3 { font-size: 17px; margin: 26px 0 8px; }
    main { padding-bottom: 60px; }
    code { font: 13.5px/1.5 ui-monospace, "SF Mono", Menlo, "DejaVu Sans Mono", monospace;
      background: var(--sheet-code); padding: 1px 4px; border-radius: 4px;
      overflow-wrap: anywhere; }
    .code { margin: 14px 0; background: var(--sheet-code); border: 1px solid var(--rule);
      border-radius: 6px; overflow-x: auto; }
    .code pre { margin: 0; padding: 12px 14px; font-size: 13px; line-height: 1.5; }
    .code code { padding: 0; background: none; overflow-wrap: normal; font-size: 13px; }
    .grammar code { font-size: 12.5px; } .why { font-size: 12px; opacity: .8; }
    .production:target { background: var(--mark); }
    main table { display: block; overflow-x: auto; }
    td a code { white-space: nowrap; } .menu summary { white-space: nowrap; }
    .declaration, .clause, .operator { color: var(--keyword); } .declaration { font-weight: 600; }
    .type { color: var(--type); } .text { color: var(--text); } .figure { color: var(--figure); }
    .name { color: var(--name); } .comment { color: var(--faint); font-style: italic; }
    .typed { font-weight: 600; }
    .severity, .grammar-of { color: var(--faint); font-size: 13.5px; }
    .neighbours { display: flex; justify-content: space-between; gap: 16px; margin-top: 48px; }
    .neighbours .next { margin-left: auto; text-align: right; }
    @media (max-width: 1080px) { .sheet { grid-template-columns: 230px minmax(0, 1fr); }
      .places { display: none; } }
    @media (max-width: 760px) { .sheet { display: block; } .side { display: none; }
      .menu { display: block; } .menu nav { position: absolute; left: 0; right: 0; top: 100%;
        max-height: 80vh; overflow-y: auto; padding: 8px 20px 24px; background: var(--sheet);
        border-bottom: 1px solid var(--rule); }
      header.top { padding: 8px 14px; gap: 10px; } .home { display: none; }
      .search { width: 100%; } main { padding: 10px 16px 48px; } main h1 { font-size: 24px; } }
    @media print { header.top, .side, .places, .neighbours { display: none; }
      .sheet { display: block; } }

    """
}
