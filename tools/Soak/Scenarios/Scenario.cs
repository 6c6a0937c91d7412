using System.Diagnostics;
using LuceneLsr.Tools.Soak.Processes;

namespace LuceneLsr.Tools.Soak.Scenarios;

/// <summary>Work that survives the death of its process, or a full disk.</summary>
/// <param name="name">The name in the table.</param>
internal abstract class Scenario(string name)
{
    /// <summary>Gets the name in the table.</summary>
    public string Name => name;

    /// <summary>Gets how long the process lives if nothing disturbs it, or a good time to kill it.</summary>
    public abstract TimeSpan Lifetime { get; }

    /// <summary>Makes what the work needs. Called once, before the first run.</summary>
    public virtual void Prepare(CancellationToken cancellationToken)
    {
    }

    /// <summary>Says how to start the work, or to go on with what the last process left.</summary>
    public abstract ProcessStartInfo CreateStartInfo();

    /// <summary>Does the rest of the work undisturbed, or a part of endless work.</summary>
    public abstract Victim Finish(CancellationToken cancellationToken);

    /// <summary>Checks what a process left.</summary>
    /// <param name="victim">The process, which was killed, failed or done.</param>
    /// <param name="random">Chooses samples.</param>
    /// <returns>The number of documents or files that were checked.</returns>
    /// <exception cref="InvalidOperationException">Something is lost or wrong.</exception>
    public abstract long Check(Victim victim, Random random);
}
