using System.Buffers;
using System.Text;

namespace LuceneLsr.VectorFiles.Formats;

/// <summary>
/// Queries as Anserini and Pyserini search with them (<c>-topicReader TsvString -impact -pretokenized</c>): id, tab,
/// and each term as often as its impact says, between spaces. A query without terms is left out: the reader fails on
/// it.
/// </summary>
/// <param name="scale">Turns weights into impacts.</param>
public sealed class AnseriniTopicsFormat(ImpactScale scale) : IVectorFormat
{
    /// <inheritdoc/>
    /// <exception cref="InvalidDataException">The id holds white space.</exception>
    public void Write(IBufferWriter<byte> output, VectorRecord record)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(record);
        if (record.Id.Any(char.IsWhiteSpace))
        {
            throw new InvalidDataException(
                $"Query '{record.Id}': an id in Anserini's topics holds no white space; rename it.");
        }

        var impacts = scale.Quantize(record.Vector);
        if (impacts.Count > 0)
        {
            var terms = impacts.SelectMany(impact => Enumerable.Repeat(impact.Term, impact.Impact));
            System.Text.Encoding.UTF8.GetBytes($"{record.Id}\t{string.Join(' ', terms)}\n", output);
        }
    }
}
