" What an editor should know of Rung policies: comments, words, two spaces.
if exists('b:did_ftplugin')
  finish
endif
let b:did_ftplugin = 1

let s:save_cpo = &cpo
set cpo&vim

setlocal comments=:##,:# commentstring=#\ %s
setlocal formatoptions-=t formatoptions+=croql
setlocal expandtab shiftwidth=2 softtabstop=2
" qwen3-8b, prompt.tokens and org/model are one word each.
setlocal iskeyword=@,48-57,_,-,.,/
setlocal suffixesadd=.rung

if executable('rung')
  " `rung fmt -` writes the formatted policy; one that does not parse stays as it is.
  setlocal formatprg=rung\ fmt\ -
endif

let b:undo_ftplugin = 'setlocal comments< commentstring< formatoptions< expandtab<'
      \ . ' shiftwidth< softtabstop< iskeyword< suffixesadd< formatprg<'

let &cpo = s:save_cpo
unlet s:save_cpo
