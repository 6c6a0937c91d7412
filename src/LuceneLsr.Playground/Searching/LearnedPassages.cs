using LuceneLsr.Evaluation.Collections;
using LuceneLsr.Highlighting;
using LuceneLsr.Playground.Messages;

namespace LuceneLsr.Playground.Searching;

/// <summary>Finds the passages of documents that explain their learned scores.</summary>
/// <param name="sources">Finds which words of a document produced its terms.</param>
/// <param name="scale">The scale of the index.</param>
internal sealed class LearnedPassages(ISourceEncoder sources, ImpactScale scale)
{
    private const int MaxPassages = 2;
    private const double MinShare = 0.02;

    private static readonly Segment Gap = new(" … ", Terms: null);

    /// <summary>Finds the passages of documents.</summary>
    public IReadOnlyList<DocumentPassages> Find(
        IReadOnlyList<BeirDocument> documents, LearnedQuery query, CancellationToken cancellationToken)
    {
        // One batch. The highlighter takes the vectors of each document from the cache.
        sources.EncodeWithSources([.. documents.Select(document => document.Contents)], TextSide.Document, cancellationToken);
        var impacts = new SparseVector(query.Query.Terms.Select(term => new TermWeight(term.Term, term.Impact)));
        return [.. documents.Select(document => Find(document, impacts, cancellationToken))];
    }

    private DocumentPassages Find(BeirDocument document, SparseVector query, CancellationToken cancellationToken)
    {
        var contents = document.Contents;
        var textStart = contents.Length - document.Text.Length;
        var highlighter = new ImpactHighlighter(sources, scale)
        {
            Options = new()
            {
                IsExact = true,
                MaxPassages = MaxPassages,
                SplitIntoSentences = _ => Sentences.Split(document.Text)
                    .Select(sentence => sentence with { Start = sentence.Start + textStart }),
            },
        };
        var title = highlighter.FindWords(contents, query, cancellationToken);
        var passages = highlighter.FindPassages([contents], query, cancellationToken)[0];
        return new(
            document.Id,
            [.. Segments.Cut(contents, new(0, document.Title.Length), KeepHeavy(title))],
            [.. passages.SelectMany((passage, index) => Segments.Cut(contents, passage.Range, KeepHeavy(passage.Words))
                .Prepend(index == 0 ? null : Gap).OfType<Segment>())]);
    }

    private static IEnumerable<MatchedWord> KeepHeavy(IEnumerable<MatchedWord> words) =>
        words.Where(word => word.Share >= MinShare);
}
