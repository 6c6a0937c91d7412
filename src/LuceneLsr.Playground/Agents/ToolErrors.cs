using System.ComponentModel.DataAnnotations;
using ModelContextProtocol;

namespace LuceneLsr.Playground.Agents;

/// <summary>Tells agents what was wrong with a call. Other exceptions reach them without their message.</summary>
internal static class ToolErrors
{
    /// <summary>Runs a tool.</summary>
    public static T Run<T>(Func<T> tool)
    {
        try
        {
            return tool();
        }
        catch (ValidationException exception)
        {
            throw new McpException(exception.Message, exception);
        }
    }
}
