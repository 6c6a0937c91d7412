using Lucene.Net.Codecs;
using Lucene.Net.Index;
using LuceneLsr.Postings.Layouts;

namespace LuceneLsr.Codecs;

/// <summary>Where a term's postings are.</summary>
internal sealed class ImpactTermState : BlockTermState
{
    /// <summary>The document of a term's only posting; of no meaning where there are more.</summary>
    public int Document { get; set; }

    /// <summary>Where more postings begin in the file.</summary>
    public long Start { get; set; }

    /// <summary>Their bytes.</summary>
    public int Length { get; set; }

    /// <summary>How they lie.</summary>
    public PostingLayout Layout { get; set; }

    /// <summary>Their largest impact.</summary>
    public int LargestImpact { get; set; }

    public override void CopyFrom(TermState other)
    {
        base.CopyFrom(other);
        var term = (ImpactTermState)other;
        (Document, Start, Length, Layout, LargestImpact) =
            (term.Document, term.Start, term.Length, term.Layout, term.LargestImpact);
    }
}
