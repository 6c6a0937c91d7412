namespace LuceneLsr.Tools.Cluster.Loads;

/// <summary>What is known about a document. States follow each other in this order.</summary>
internal enum DocumentState
{
    Absent,
    MaybeAdded,
    Present,
    MaybeDeleted,
    Deleted,
}
