using System.Buffers;
using System.Text;

namespace LuceneLsr.VectorFiles.Formats;

/// <summary>
/// Writes topics for Anserini and Pyserini (<c>-topicReader TsvString -impact -pretokenized</c>): an id, a tab, and
/// each term repeated as often as its impact, separated by spaces. Queries without terms are omitted, because the topic
/// reader fails on them.
/// </summary>
/// <param name="scale">Quantizes weights to impacts.</param>
public sealed class AnseriniTopicsFormat(ImpactScale scale) : IVectorFormat
{
    /// <inheritdoc/>
    /// <exception cref="InvalidDataException">The id or a term contains white space.</exception>
    public void Write(IBufferWriter<byte> output, VectorRecord record)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(record);
        if (record.Id.Any(char.IsWhiteSpace))
        {
            throw new InvalidDataException(
                $"Query '{record.Id}': ids of Anserini topics must not contain white space. Rename the query.");
        }

        PretokenizedTerms.Require(record);
        var impacts = scale.Quantize(record.Vector);
        if (impacts.Count > 0)
        {
            var terms = impacts.SelectMany(impact => Enumerable.Repeat(impact.Term, impact.Impact));
            Encoding.UTF8.GetBytes($"{record.Id}\t{string.Join(' ', terms)}\n", output);
        }
    }
}
