"""The second reader's questions and answers, without the wire between them.

documents -> questions ... answers -> proposals that stand verbatim where they say -> facts
"""
