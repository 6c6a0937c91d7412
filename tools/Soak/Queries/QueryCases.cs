using System.Text;
using Lucene.Net.Analysis.Core;
using Lucene.Net.Index;
using Lucene.Net.QueryParsers.Classic;
using Lucene.Net.Store;
using Lucene.Net.Util;
using LuceneLsr.Analysis;
using LuceneLsr.QueryParsing;
using LuceneLsr.Search;
using LuceneLsr.Tools.Soak.Indexes;

namespace LuceneLsr.Tools.Soak.Queries;

/// <summary>Parses query strings and searches with them.</summary>
internal sealed class QueryCases : IDisposable
{
    /// <summary>The string is a query, and the search has ended.</summary>
    public const string Searched = "searched";

    /// <summary>The parser refuses the string as it should.</summary>
    public const string Refused = "refused";

    /// <summary>Another error than <see cref="ParseException"/>.</summary>
    public const string WrongError = "wrong error";

    private const int Documents = 200;
    private const int MaxDetail = 200;

    private readonly int _seed;
    private readonly RAMDirectory _directory = new();
    private readonly DirectoryReader _reader;
    private readonly LsrAnalyzer _analyzer = new(new WordEncoder(), ImpactScale.Identity);

    public QueryCases(int seed)
    {
        _seed = seed;
        using (var writer = new IndexWriter(_directory, new(LuceneVersion.LUCENE_48, new KeywordAnalyzer())))
        {
            for (var number = 0; number < Documents; number++)
            {
                writer.AddDocument(
                    [NumberedDocuments.CreateIdField(number), NumberedDocuments.CreateBodyField(number)]);
            }
        }

        _reader = DirectoryReader.Open(_directory);
    }

    /// <summary>Returns the start of a query string.</summary>
    public string Describe(int number)
    {
        var query = CreateQuery(number);
        return query.Length <= MaxDetail ? query : $"{query.AsSpan(0, MaxDetail)}... ({query.Length} characters)";
    }

    /// <summary>Runs a case.</summary>
    public (string Outcome, string Detail) Run(int number)
    {
        try
        {
            var parser = new LsrQueryParser(LuceneVersion.LUCENE_48, NumberedDocuments.Body, _analyzer);
            new ImpactSearcher(_reader).Search(parser.Parse(CreateQuery(number)), 10);
            return (Searched, "");
        }
        catch (ParseException)
        {
            return (Refused, "");
        }
        catch (Exception exception)
        {
            return (WrongError, $"{Describe(number)}: {exception.GetType().Name}: {exception.Message}");
        }
    }

    public void Dispose()
    {
        _reader.Dispose();
        _directory.Dispose();
        _analyzer.Dispose();
    }

    private string CreateQuery(int number) => QueryGrammar.Write(new Random((_seed * 1_000_003) + number));

    // Each word is a term, so that the parser is tested, and not a model.
    private sealed class WordEncoder : ISparseEncoder
    {
        public string VocabularyId => "words";

        public IReadOnlyList<SparseVector> Encode(
            IReadOnlyList<string> texts, TextSide side, CancellationToken cancellationToken = default) =>
            [.. texts.Select(text => new SparseVector(text.Split(' ', StringSplitOptions.RemoveEmptyEntries)
                .Where(IsUnicode).Distinct(StringComparer.Ordinal).Select(word => new TermWeight(word, 1))))];

        public void Dispose()
        {
        }

        // Lucene has no terms with half of a surrogate pair.
        private static bool IsUnicode(string word) =>
            word.EnumerateRunes().All(rune => rune != Rune.ReplacementChar);
    }
}
