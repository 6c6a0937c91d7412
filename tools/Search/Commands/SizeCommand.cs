using System.CommandLine;
using Lucene.Net.Index;
using LuceneLsr.Evaluation.Rankers;
using LuceneLsr.Indexing;
using LuceneLsr.Inspection;
using LuceneLsr.Tokenization.Terms;
using LuceneLsr.Tools.Common;
using LuceneLsr.Tools.Search.Options;
using LuceneLsr.Tools.Search.Views;
using LuceneDirectory = Lucene.Net.Store.Directory;

namespace LuceneLsr.Tools.Search.Commands;

/// <summary>"size": shows what the bytes of an index are spent on.</summary>
internal static class SizeCommand
{
    private const string ImpactField = SparseIndex.ContentsField;

    public static Command Create()
    {
        var top = CommonOptions.CreateTop("Number of terms to print.", 15);
        var query = CommonOptions.CreateQuery("Query whose postings to count.");
        Option<bool> json = new("--json") { Description = "Print JSON." };
        var command = new Command(
            "size", "Show what the bytes of an index are spent on, by field, kind of term and term.")
        {
            top, query, json,
        };
        var model = new ModelOptions(command, encodesDocuments: true);
        var index = new IndexOpening(command, model);
        command.SetWork((parsed, cancellation) =>
        {
            using var directory = index.OpenDirectory(parsed);
            using var opened = index.Open(directory, parsed, cancellation);
            var space = TermSpace.Load(model.GetCheckpoint(parsed));
            var report = Measure(directory, opened, space, parsed.GetValue(top));
            if (parsed.GetValue(query) is { } text)
            {
                using var encoder = model.Load(parsed);
                var impacts = index.Verify(opened, encoder, parsed)
                    .Quantize(encoder.Encode(text, TextSide.Query, cancellation));
                report = report with
                {
                    Query = [.. impacts.Select(term => new JsonTouched(
                        term.Term, term.Impact,
                        opened.Searcher.IndexReader.DocFreq(new Term(ImpactField, term.Term))))
                        .OrderByDescending(term => term.Postings)],
                };
            }

            if (parsed.GetValue(json))
            {
                Json.Write(report);
            }
            else
            {
                SizeTables.Write(report, ImpactField);
            }
        });
        return command;
    }

    private static SizeReport Measure(LuceneDirectory directory, SparseIndex index, TermSpace space, int top)
    {
        var reader = index.Searcher.IndexReader;
        var parts = IndexFileSizes.Measure(directory);
        var fields = MultiFields.GetIndexedFields(reader).Order(StringComparer.Ordinal)
            .ToDictionary(field => field, field => ImpactFieldSize.Read(reader, field), StringComparer.Ordinal);
        var computed = fields.Values.Sum(field => field.Bytes);
        var factor = computed > 0
            ? (double)parts.Where(part => part.Part == IndexFileSizes.PostingsPart).Sum(part => part.Bytes) / computed
            : 0;
        var impacts = fields.GetValueOrDefault(ImpactField) ?? new ImpactFieldSize([], []);
        return new(
            parts.Sum(part => part.Bytes),
            reader.MaxDoc,
            [.. parts.Select(part => new JsonPart(part.Part, part.Bytes))],
            [.. fields.Select(field => new JsonField(
                field.Key, field.Value.Terms.Count, field.Value.Postings, factor * field.Value.Bytes))],
            [.. PostingClass.Classify(reader, ImpactField, impacts, FindOwnTermsWith(index, space))
                .Select(entry => new JsonClass(entry.Kind, entry.Postings, factor * entry.Bytes))],
            [.. impacts.Terms.OrderByDescending(term => term.Bytes).ThenByDescending(term => term.Postings).Take(top)
                .Select(term => new JsonTermSize(term.Term, term.Postings, factor * term.Bytes, term.MaxImpact))],
            [.. CountByPowerOfTwo(impacts.Histogram)],
            Query: null);
    }

    // Terms of another vocabulary are none of this one's.
    private static Func<int, IReadOnlyDictionary<string, TermKind>?> FindOwnTermsWith(
        SparseIndex index, TermSpace space) =>
        LsrIndexStamp.Read(index.Searcher.IndexReader, ImpactField)?.VocabularyId == space.VocabularyId
            ? number => index.ReadDocument(number) is { } document
                ? space.FindOwnTerms(document.Contents, TextSide.Document)
                : null
            : _ => null;

    private static IEnumerable<JsonImpacts> CountByPowerOfTwo(IReadOnlyList<long> histogram)
    {
        for (var from = 1; from < histogram.Count; from *= 2)
        {
            var to = Math.Min((2 * from) - 1, histogram.Count - 1);
            yield return new(from, to, histogram.Skip(from).Take(to - from + 1).Sum());
        }
    }
}
