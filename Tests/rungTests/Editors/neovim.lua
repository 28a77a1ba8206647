-- Drives `rung lsp` from Neovim; each line of the output is one check that held.
--
-- nvim --headless --clean -l is newer than Debian's 0.7: this file is sourced by -S instead, with the
-- folder of a policy in RUNG_FOLDER.
local folder = vim.env.RUNG_FOLDER
local checks = 0

local function finish(code, words)
  io.stdout:write(words, "\n")
  io.stdout:flush()
  vim.cmd(code == 0 and "qall!" or "cquit 1")
end

local function check(holds, name, seen)
  if not holds then
    finish(1, "NOT " .. name .. ": " .. vim.inspect(seen))
    error(name)
  end
  checks = checks + 1
  io.stdout:write("ok ", name, "\n")
end

local function text() return table.concat(vim.api.nvim_buf_get_lines(0, 0, -1, false), "\n") end

-- Findings of the server, by place.
local function findings()
  local found = vim.diagnostic.get(0)
  table.sort(found, function(a, b) return a.lnum < b.lnum end)
  return found
end

local function wait(name, holds)
  local held = vim.wait(20000, holds, 20)
  check(held, name, { findings = findings(), text = text() })
end

-- One request about the cursor; its result.
local function ask(method, params)
  local answers, problem = vim.lsp.buf_request_sync(0, method, params, 20000)
  check(answers ~= nil, method .. " is answered", problem)
  for _, answer in pairs(answers) do
    check(answer.error == nil, method .. " has no error", answer.error)
    return answer.result
  end
end

local function at(line, column)
  vim.api.nvim_win_set_cursor(0, { line, column })
  return vim.lsp.util.make_position_params(0, "utf-16")
end

local function run()
  vim.cmd("edit " .. vim.fn.fnameescape(folder .. "/policy.rung"))
  local id = vim.lsp.start_client({ name = "rung", cmd = { "rung", "lsp" }, root_dir = folder })
  check(id ~= nil, "the client starts", id)
  vim.bo.filetype = "rung"
  vim.lsp.buf_attach_client(0, id)

  wait("the broken policy has a finding", function() return #findings() > 0 end)
  local first = findings()[1]
  check(first.source == "rung" and first.code == "unknown_name", "it is the misspelt model", first)
  check(first.message:find("largr", 1, true) ~= nil, "it names it", first.message)

  -- Apply the quick fix of the finding.
  local params = vim.lsp.util.make_given_range_params(
    { first.lnum + 1, first.col }, { first.lnum + 1, first.col }, 0, "utf-16")
  params.context = { diagnostics = vim.lsp.diagnostic.get_line_diagnostics(0, first.lnum) }
  local actions = ask("textDocument/codeAction", params)
  local fix
  for _, action in ipairs(actions) do
    if action.kind == "quickfix" then fix = fix or action end
  end
  check(fix ~= nil, "it has a quick fix", actions)
  vim.lsp.util.apply_workspace_edit(fix.edit, "utf-16")
  check(text():find("use large }", 1, true) ~= nil, "the fix mends the text", text())
  wait("no error is left", function()
    return #vim.diagnostic.get(0, { severity = vim.diagnostic.severity.ERROR }) == 0
  end)

  -- What a name is.
  local line = vim.fn.search("accept answered", "n")
  local column = vim.fn.getline(line):find("answered", 1, true) - 1
  local hover = ask("textDocument/hover", at(line, column + 2))
  check(hover.contents.value:find("gate", 1, true) ~= nil, "hover says it is a gate", hover)

  -- Where it is declared.
  local places = ask("textDocument/definition", at(line, column + 2))
  local declared = vim.fn.search("^gate  *answered", "n")
  check(places[1].range.start.line == declared - 1, "its declaration is found", places)

  -- What may stand after `use `.
  line = vim.fn.search("otherwise", "n")
  column = vim.fn.getline(line):find("both", 1, true) - 1
  local list = ask("textDocument/completion", at(line, column))
  local labels = {}
  for _, item in ipairs(list.items or list) do labels[item.label] = item end
  check(labels.small ~= nil and labels.both ~= nil, "models and ladders are offered", labels)

  -- Another name, everywhere, with a character of two units before it on its line.
  line = declared
  column = vim.fn.getline(line):find("answered", 1, true) - 1
  local params = at(line, column)
  params.newName = "complete"
  local edit = ask("textDocument/rename", params)
  vim.lsp.util.apply_workspace_edit(edit, "utf-16")
  check(text():find("gate   complete =", 1, true) ~= nil, "the declaration is renamed", text())
  check(text():find("accept complete", 1, true) ~= nil, "the use is renamed", text())
  check(text():find("answered", 1, true) == nil, "no use is forgotten", text())

  -- The one format.
  local edits = ask("textDocument/formatting", vim.lsp.util.make_formatting_params({}))
  vim.lsp.util.apply_text_edits(edits, vim.api.nvim_get_current_buf(), "utf-16")
  check(text():find("gate complete = length >= 20 chars", 1, true) ~= nil, "spaces are mended", text())
  check(text():find("# 😀 done", 1, true) ~= nil, "a comment is kept", text())
  wait("it is sound in the end", function()
    return #vim.diagnostic.get(0, { severity = vim.diagnostic.severity.ERROR }) == 0
  end)

  -- Typed letter by letter, with the editor's own changes.
  vim.cmd("normal! Goroute x when question mentions \"😀é\" { use nosuch }")
  wait("what is typed is looked at", function()
    for _, found in ipairs(findings()) do
      if found.message:find("nosuch", 1, true) then return true end
    end
    return false
  end)
  local found
  for _, one in ipairs(findings()) do if one.message:find("nosuch", 1, true) then found = one end end
  local typed = vim.fn.getline(found.lnum + 1)
  check(typed:sub(found.col + 1, found.end_col) == "nosuch", "the place is the word's", found)

  vim.lsp.stop_client(id)
  check(vim.wait(20000, function() return vim.lsp.client_is_stopped(id) end, 20), "it stops", id)
  finish(0, checks .. " checks held")
end

local fine, problem = xpcall(run, debug.traceback)
if not fine then finish(1, "NOT finished: " .. tostring(problem)) end
