using System.Text;

namespace LuceneLsr.Orleans.Messages;

/// <summary>
/// The limits of documents. A log must not hold a document that an index would refuse, so clients and silos both check.
/// </summary>
internal static class DocumentLimits
{
    /// <summary>The maximum length of an id, in bytes of UTF-8.</summary>
    public const int MaxIdLength = 1_000;

    /// <summary>The maximum length of a term or filterable value, in bytes of UTF-8, as in Lucene.</summary>
    public const int MaxTermLength = 32_766;

    /// <summary>The maximum size of a document, in bytes of UTF-8.</summary>
    public const int MaxDocumentSize = 16 << 20;

    private const int BytesPerImpact = 4;

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Checks a document.</summary>
    /// <exception cref="ArgumentException">It is not within the limits.</exception>
    public static void Check(ClusterDocument document)
    {
        if (GetSize(document) > MaxDocumentSize)
        {
            throw new ArgumentException(
                $"Document '{document.Id}' is larger than {MaxDocumentSize >> 20} MiB. Store less of it.");
        }
    }

    /// <summary>Checks an id.</summary>
    /// <exception cref="ArgumentException">It is empty, too long, or not valid Unicode.</exception>
    public static void CheckId(string id) => Measure(id, "The id of a document", MaxIdLength);

    /// <summary>Checks a document and returns its size in bytes.</summary>
    /// <exception cref="ArgumentException">A part is out of range.</exception>
    public static long GetSize(ClusterDocument document)
    {
        CheckId(document.Id);
        var terms = new HashSet<string>(StringComparer.Ordinal);
        var size = 0L;
        foreach (var (term, impact) in document.Impacts)
        {
            size += Measure(term, $"A term of document '{document.Id}'", MaxTermLength) + BytesPerImpact;
            if (impact is < 1 or > ImpactScale.MaxImpactLimit || !terms.Add(term))
            {
                throw new ArgumentException(
                    $"Term '{term}' of document '{document.Id}' is a duplicate, or its impact {impact} is not from 1 "
                    + $"to {ImpactScale.MaxImpactLimit}.");
            }
        }

        return size + document.Fields.Sum(field => MeasureField(document, field));
    }

    private static long MeasureField(ClusterDocument document, DocumentField field)
    {
        var subject = $"Field '{field.Name}' of document '{document.Id}'";
        if (field.Name is ShardFields.Id or ShardFields.Impacts)
        {
            throw new ArgumentException($"{subject} has a name that is reserved. Rename it.");
        }

        return Measure(field.Name, $"The name of a field of document '{document.Id}'", MaxTermLength)
            + (field.IsFilterable
                ? Measure(field.Value, $"{subject}, which is filterable,", MaxTermLength)
                : GetLength(field.Value, subject));
    }

    private static int Measure(string text, string subject, int limit) => GetLength(text, subject) is var length
        && length > 0 && length <= limit
            ? length
            : throw new ArgumentException($"{subject} has {length:N0} bytes, but must have from 1 to {limit:N0}.");

    private static int GetLength(string text, string subject)
    {
        try
        {
            return Utf8.GetByteCount(text ?? throw new ArgumentException($"{subject} is null."));
        }
        catch (EncoderFallbackException exception)
        {
            throw new ArgumentException(
                $"{subject} has an unpaired surrogate, which is not valid Unicode. Remove it.", exception);
        }
    }
}
