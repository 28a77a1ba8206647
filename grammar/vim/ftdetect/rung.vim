autocmd BufNewFile,BufRead *.rung setfiletype rung
