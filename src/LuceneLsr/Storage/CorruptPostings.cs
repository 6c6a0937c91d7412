using Lucene.Net.Index;

namespace LuceneLsr.Storage;

/// <summary>Detects corrupt postings from reads that fail and from documents that a segment does not have.</summary>
internal static class CorruptPostings
{
    /// <summary>Returns whether an exception thrown while reading postings is a symptom of corruption.</summary>
    public static bool IsSymptom(Exception exception) => exception
        is IndexOutOfRangeException or ArgumentOutOfRangeException or OverflowException or NullReferenceException
            or EndOfStreamException
        || IsSymptomOfLucene(exception);

    // Lucene.NET has an internal type for the first, and no type for the second.
    private static bool IsSymptomOfLucene(Exception exception) =>
        exception.GetType().Name == "LuceneSystemException"
        || (exception is IOException && exception.Message.StartsWith("Invalid VInt", StringComparison.Ordinal));

    /// <summary>Creates the error.</summary>
    public static CorruptIndexException CreateError(Exception? cause = null) =>
        new("The index has corrupt postings. Run Lucene's CheckIndex on it.", cause);

    /// <summary>Checks that a segment can have as many documents as a term's entry in the dictionary says.</summary>
    /// <exception cref="CorruptIndexException">It cannot.</exception>
    public static void RequireDocFreq(TermsEnum term, int maxDoc)
    {
        if (term.DocFreq < 1 || term.DocFreq > maxDoc)
        {
            throw CreateError();
        }
    }

    /// <summary>Reads postings and turns symptoms of corruption into <see cref="CorruptIndexException"/>.</summary>
    /// <exception cref="CorruptIndexException">The postings are corrupt.</exception>
    public static T Detect<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception exception) when (IsSymptom(exception))
        {
            throw CreateError(exception);
        }
    }
}
