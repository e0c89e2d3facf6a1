"""Put numbers, words and figures on one page.

Used by the stage report and by the pages of the command compare.
"""
